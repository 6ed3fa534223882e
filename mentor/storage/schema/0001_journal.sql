-- The journal: three documented tables, our own beside them, and the triggers that keep them right
-- whichever program writes. Statements end with a semicolon at the end of a line; triggers with `END;`.

CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    created_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO users (id, name) VALUES (1, 'trader');

CREATE TABLE bots (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    created_at DATETIME DEFAULT CURRENT_TIMESTAMP
);
-- Bot 0 stands for trades made by hand or imported from a broker's file.
INSERT INTO bots (id, name) VALUES (0, 'by hand');

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT
);
-- The triggers' memory of what an INSERT OR REPLACE is about to remove.
INSERT INTO settings (key, value) VALUES ('replaced_session', NULL), ('replaced_trade_session', NULL);

CREATE TABLE imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL DEFAULT 1 REFERENCES users (id),
    file_name TEXT NOT NULL,
    format TEXT NOT NULL,
    account TEXT,
    currency TEXT,
    source_timezone TEXT NOT NULL,
    trades INTEGER NOT NULL,
    net_profit_loss REAL NOT NULL,
    duplicates INTEGER NOT NULL,
    ignored_rows INTEGER NOT NULL,
    rejected_rows INTEGER NOT NULL,
    -- JSON: the sessions the import created and what it changed in others, so that undoing it can put that back.
    traces TEXT NOT NULL DEFAULT '{}',
    imported_at DATETIME NOT NULL,
    undone_at DATETIME
);

CREATE TABLE trading_sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session_date DATE NOT NULL,
    user_id INTEGER NOT NULL DEFAULT 1,
    total_trades INTEGER NOT NULL DEFAULT 0,
    total_profit_loss REAL NOT NULL DEFAULT 0.0,
    emotions TEXT NOT NULL DEFAULT 'netral',
    market_conditions TEXT NOT NULL DEFAULT 'normal',
    personal_notes TEXT,
    risk_score INTEGER DEFAULT 5,
    created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
    -- Random, anew with every change: a cache loads a session again when it differs. Negative: totals are as before.
    revision INTEGER DEFAULT 0,
    -- What the system this replaces had counted, where its trades say something else.
    stated_trades INTEGER,
    stated_profit_loss REAL,
    FOREIGN KEY (user_id) REFERENCES users (id),
    UNIQUE (user_id, session_date)
);

CREATE TABLE daily_trading_data (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL,
    bot_id INTEGER NOT NULL,
    symbol TEXT NOT NULL,
    entry_time DATETIME,
    exit_time DATETIME,
    profit_loss REAL NOT NULL,
    lot_size REAL NOT NULL,
    stop_loss_used BOOLEAN DEFAULT 0,
    take_profit_used BOOLEAN DEFAULT 0,
    risk_percent REAL,
    strategy_used TEXT,
    created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
    side TEXT,
    entry_price REAL,
    exit_price REAL,
    stop_price REAL,
    target_price REAL,
    fees REAL,
    account TEXT,
    currency TEXT,
    external_id TEXT,
    fingerprint TEXT,
    import_id INTEGER,
    notes TEXT,
    FOREIGN KEY (session_id) REFERENCES trading_sessions (id),
    FOREIGN KEY (bot_id) REFERENCES bots (id),
    FOREIGN KEY (import_id) REFERENCES imports (id)
);
-- Covers the recomputation of a session's totals.
CREATE INDEX trades_by_session ON daily_trading_data (session_id, currency, profit_loss);
CREATE INDEX trades_by_import ON daily_trading_data (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE ai_mentor_reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL,
    trading_patterns_analysis TEXT,
    emotional_analysis TEXT,
    risk_management_score INTEGER,
    recommendations TEXT,
    motivation_message TEXT,
    language TEXT DEFAULT 'bahasa_indonesia',
    created_at DATETIME DEFAULT CURRENT_TIMESTAMP,
    evidence_hash TEXT,
    engine_version TEXT,
    FOREIGN KEY (session_id) REFERENCES trading_sessions (id)
);
CREATE INDEX reports_by_session ON ai_mentor_reports (session_id);

CREATE TABLE mood_checkins (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session_id INTEGER NOT NULL REFERENCES trading_sessions (id),
    recorded_at DATETIME NOT NULL,
    emotion TEXT NOT NULL,
    intensity INTEGER CHECK (intensity BETWEEN 1 AND 5),
    market_conditions TEXT,
    note TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL,
    -- NULL: follows from recorded_at and the session's trades; 'unknown': recorded_at is not when it was felt.
    timing TEXT CHECK (timing IN ('before', 'between', 'after', 'unknown')),
    import_id INTEGER REFERENCES imports (id)
);
CREATE INDEX checkins_by_session ON mood_checkins (session_id);

-- The single fills that round trips were paired from, so that a later file finds again what it repeats or goes on with.
CREATE TABLE fills (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL DEFAULT 1 REFERENCES users (id),
    import_id INTEGER NOT NULL REFERENCES imports (id),
    -- The round trip it belongs to and the import that closed that one; NULL while the position is open. It stays when
    -- the trade is deleted by hand, so that the next import does not bring it back.
    trade_id INTEGER,
    closed_by INTEGER REFERENCES imports (id),
    -- 2 for what is left of a fill that also closed the position before.
    part INTEGER NOT NULL,
    account TEXT,
    symbol TEXT NOT NULL,
    currency TEXT,
    at INTEGER, -- UTC microseconds; NULL: only the day is known
    session_date DATE NOT NULL,
    sequence INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('buy', 'sell', 'remove')),
    quantity REAL,
    price REAL,
    multiplier REAL,
    fees REAL,
    gross REAL,
    realized REAL,
    effect TEXT,
    leg TEXT CHECK (leg IN ('long', 'short')),
    may_short INTEGER NOT NULL,
    external_id TEXT,
    fingerprint TEXT NOT NULL,
    notes TEXT,
    strategy_used TEXT,
    emotion TEXT,
    stop_loss_used INTEGER NOT NULL,
    take_profit_used INTEGER NOT NULL,
    line INTEGER NOT NULL
);

CREATE INDEX fills_by_symbol ON fills (user_id, symbol);

CREATE INDEX fills_by_import ON fills (import_id);

CREATE VIEW open_fills AS
SELECT id, user_id, account, symbol, action, quantity, price, fees, currency,
       iif(at IS NULL, session_date, datetime(at / 1000000, 'unixepoch')) AS filled_at, external_id, import_id
FROM fills
WHERE trade_id IS NULL;

-- Which header is which of our fields (JSON), by the digest of a file's header row, as a person said.
CREATE TABLE column_mappings (
    user_id INTEGER NOT NULL DEFAULT 1 REFERENCES users (id),
    header TEXT NOT NULL,
    columns TEXT NOT NULL,
    chosen_at DATETIME NOT NULL,
    PRIMARY KEY (user_id, header)
);

-- What was removed by hand after an import, so that the next import does not bring it back.
CREATE TABLE deleted_trades (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    account TEXT,
    external_id TEXT,
    fingerprint TEXT,
    import_id INTEGER NOT NULL,
    deleted_at DATETIME DEFAULT CURRENT_TIMESTAMP
);

-- The trader's calendar day at this moment. `day_shift <UTC time>` holds, from that moment on, the seconds
-- between UTC and the trader's day (zone minus the hour at which the day starts): SQLite knows no zones.
CREATE VIEW trader_today AS
SELECT date('now', coalesce(
    (SELECT value FROM settings
     WHERE key BETWEEN 'day_shift ' AND 'day_shift ' || datetime('now') ORDER BY key DESC LIMIT 1),
    '0') || ' seconds') AS session_date;

-- Trades: refused when they point nowhere or hold an amount that cannot be exact--------------------------------

CREATE TRIGGER trade_insert_check BEFORE INSERT ON daily_trading_data
BEGIN
    SELECT RAISE(ABORT, 'daily_trading_data: session_id names no row of trading_sessions (0 means today)')
    WHERE NEW.session_id <> 0 AND NOT EXISTS (SELECT 1 FROM trading_sessions WHERE id = NEW.session_id);
    SELECT RAISE(ABORT, 'daily_trading_data: profit_loss is too large to hold cents')
    WHERE typeof(NEW.profit_loss) IN ('real', 'integer') AND abs(NEW.profit_loss) > 90071992547409.92;
    UPDATE settings SET value = (SELECT session_id FROM daily_trading_data WHERE id = NEW.id)
    WHERE key = 'replaced_trade_session'
      AND EXISTS (SELECT 1 FROM daily_trading_data WHERE id = NEW.id);
END;

CREATE TRIGGER trade_update_check BEFORE UPDATE ON daily_trading_data
BEGIN
    SELECT RAISE(ABORT, 'daily_trading_data: session_id names no row of trading_sessions')
    WHERE NEW.session_id IS NOT OLD.session_id
      AND NOT EXISTS (SELECT 1 FROM trading_sessions WHERE id = NEW.session_id);
    SELECT RAISE(ABORT, 'daily_trading_data: profit_loss is too large to hold cents')
    WHERE typeof(NEW.profit_loss) IN ('real', 'integer') AND abs(NEW.profit_loss) > 90071992547409.92;
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: daily_trading_data.id')
    WHERE NEW.id IS NOT OLD.id AND EXISTS (SELECT 1 FROM daily_trading_data WHERE id = NEW.id);
END;

-- After every change to a trade its session gets the next revision; that recomputes the totals ---------------
-- An `OR IGNORE` here would inherit the client's `OR REPLACE`; hence WHERE NOT EXISTS.
-- The first trade that names a currency names the journal's, unless others are there whose currency nobody knows.

CREATE TRIGGER trade_inserted AFTER INSERT ON daily_trading_data
BEGIN
    INSERT INTO bots (id, name)
    SELECT NEW.bot_id, 'bot ' || NEW.bot_id
    WHERE NOT EXISTS (SELECT 1 FROM bots WHERE id = NEW.bot_id);
    INSERT INTO settings (key, value)
    SELECT 'currency', NEW.currency
    WHERE NEW.currency <> '' AND NOT EXISTS (SELECT 1 FROM settings WHERE key = 'currency')
      AND NOT EXISTS (SELECT 1 FROM daily_trading_data WHERE coalesce(currency, '') = '' AND id <> NEW.id);
    INSERT INTO trading_sessions (session_date)
    SELECT session_date FROM trader_today
    WHERE NEW.session_id = 0 AND NOT EXISTS (
        SELECT 1 FROM trading_sessions AS s
        WHERE s.user_id = 1 AND s.session_date = trader_today.session_date);
    UPDATE daily_trading_data
    SET session_id = (SELECT s.id FROM trading_sessions AS s
                      WHERE s.user_id = 1 AND s.session_date = (SELECT session_date FROM trader_today))
    WHERE NEW.session_id = 0 AND id = NEW.id;
    UPDATE trading_sessions SET revision = random() & 9223372036854775807
    WHERE id IN (NEW.session_id, (SELECT value + 0 FROM settings WHERE key = 'replaced_trade_session'));
    UPDATE settings SET value = NULL WHERE key = 'replaced_trade_session' AND value IS NOT NULL;
END;

CREATE TRIGGER trade_updated AFTER UPDATE ON daily_trading_data
BEGIN
    INSERT INTO bots (id, name)
    SELECT NEW.bot_id, 'bot ' || NEW.bot_id
    WHERE NOT EXISTS (SELECT 1 FROM bots WHERE id = NEW.bot_id);
    INSERT INTO settings (key, value)
    SELECT 'currency', NEW.currency
    WHERE NEW.currency <> '' AND NOT EXISTS (SELECT 1 FROM settings WHERE key = 'currency')
      AND NOT EXISTS (SELECT 1 FROM daily_trading_data WHERE coalesce(currency, '') = '' AND id <> NEW.id);
    UPDATE trading_sessions
    SET revision = CASE
        WHEN (NEW.session_id, NEW.profit_loss, NEW.currency) IS (OLD.session_id, OLD.profit_loss, OLD.currency)
        THEN random() | (-9223372036854775807 - 1)
        ELSE random() & 9223372036854775807 END
    WHERE id IN (OLD.session_id, NEW.session_id);
END;

CREATE TRIGGER trade_deleted AFTER DELETE ON daily_trading_data
BEGIN
    INSERT INTO deleted_trades (user_id, account, external_id, fingerprint, import_id)
    SELECT coalesce((SELECT user_id FROM trading_sessions WHERE id = OLD.session_id), 1),
           OLD.account, OLD.external_id, OLD.fingerprint, OLD.import_id
    WHERE OLD.import_id IS NOT NULL;
    UPDATE trading_sessions SET revision = random() & 9223372036854775807
    WHERE id = OLD.session_id;
END;

-- The one place where totals are computed: after a change to a trade, and when a program sets totals that
-- differ from the trades. A session without trades keeps what was stated. Text that is no number and amounts in
-- another currency are never added.

CREATE TRIGGER session_totals AFTER UPDATE OF revision, total_trades, total_profit_loss ON trading_sessions
WHEN (NEW.revision > 0 AND NEW.revision IS NOT OLD.revision)
  OR ((NEW.total_trades, NEW.total_profit_loss) IS NOT (OLD.total_trades, OLD.total_profit_loss)
      AND EXISTS (SELECT 1 FROM daily_trading_data WHERE session_id = NEW.id)
      AND (NEW.total_trades, NEW.total_profit_loss) IS NOT (
        SELECT count(*),
               coalesce(sum(CASE WHEN typeof(profit_loss) IN ('real', 'integer')
                                  AND coalesce(nullif(currency, ''), base.code, '') = coalesce(base.code, '')
                                 THEN profit_loss END), 0.0)
        FROM daily_trading_data, (SELECT (SELECT value FROM settings WHERE key = 'currency') AS code) AS base
        WHERE session_id = NEW.id))
BEGIN
    UPDATE trading_sessions
    SET (total_trades, total_profit_loss) = (
        SELECT count(*),
               coalesce(sum(CASE WHEN typeof(profit_loss) IN ('real', 'integer')
                                  AND coalesce(nullif(currency, ''), base.code, '') = coalesce(base.code, '')
                                 THEN profit_loss END), 0.0)
        FROM daily_trading_data, (SELECT (SELECT value FROM settings WHERE key = 'currency') AS code) AS base
        WHERE session_id = NEW.id)
    WHERE id = NEW.id;
END;

-- INSERT OR REPLACE of a day removes the old row without firing its delete triggers: what hung on it
-- moves to the new one. (A user_id of NULL becomes the default only after the triggers.) An INSERT OR IGNORE leaves the note behind; the next insert finds it harmless.

CREATE TRIGGER session_insert_twin BEFORE INSERT ON trading_sessions
WHEN EXISTS (
    SELECT 1 FROM trading_sessions WHERE user_id = coalesce(NEW.user_id, 1) AND session_date = NEW.session_date)
BEGIN
    UPDATE settings
    SET value = (SELECT id FROM trading_sessions
                 WHERE user_id = coalesce(NEW.user_id, 1) AND session_date = NEW.session_date)
    WHERE key = 'replaced_session';
END;

CREATE TRIGGER session_inserted AFTER INSERT ON trading_sessions
BEGIN
    UPDATE daily_trading_data SET session_id = NEW.id
    WHERE session_id = (SELECT value + 0 FROM settings WHERE key = 'replaced_session')
      AND NOT EXISTS (SELECT 1 FROM trading_sessions WHERE id = daily_trading_data.session_id);
    UPDATE mood_checkins SET session_id = NEW.id
    WHERE session_id = (SELECT value + 0 FROM settings WHERE key = 'replaced_session')
      AND NOT EXISTS (SELECT 1 FROM trading_sessions WHERE id = mood_checkins.session_id);
    UPDATE ai_mentor_reports SET session_id = NEW.id
    WHERE session_id = (SELECT value + 0 FROM settings WHERE key = 'replaced_session')
      AND NOT EXISTS (SELECT 1 FROM trading_sessions WHERE id = ai_mentor_reports.session_id);
    UPDATE settings SET value = NULL WHERE key = 'replaced_session' AND value IS NOT NULL;
    UPDATE trading_sessions
    SET revision = CASE
        WHEN EXISTS (SELECT 1 FROM daily_trading_data WHERE session_id = NEW.id) THEN random() & 9223372036854775807
        ELSE random() | (-9223372036854775807 - 1) END
    WHERE id = NEW.id;
END;

CREATE TRIGGER session_moved AFTER UPDATE OF user_id, session_date ON trading_sessions
BEGIN
    UPDATE trading_sessions SET revision = random() | (-9223372036854775807 - 1) WHERE id = NEW.id;
END;

CREATE TRIGGER session_update_check BEFORE UPDATE OF id, user_id, session_date ON trading_sessions
BEGIN
    SELECT RAISE(ABORT, 'trading_sessions: the id of a session that holds trades, moods or reports cannot change')
    WHERE NEW.id IS NOT OLD.id
      AND (EXISTS (SELECT 1 FROM daily_trading_data WHERE session_id = OLD.id)
        OR EXISTS (SELECT 1 FROM mood_checkins WHERE session_id = OLD.id)
        OR EXISTS (SELECT 1 FROM ai_mentor_reports WHERE session_id = OLD.id));
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: trading_sessions.user_id, trading_sessions.session_date')
    WHERE EXISTS (SELECT 1 FROM trading_sessions
                  WHERE user_id = coalesce(NEW.user_id, 1) AND session_date = NEW.session_date AND id <> OLD.id);
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: trading_sessions.id')
    WHERE NEW.id IS NOT OLD.id AND EXISTS (SELECT 1 FROM trading_sessions WHERE id = NEW.id);
END;

CREATE TRIGGER session_delete_check BEFORE DELETE ON trading_sessions
WHEN EXISTS (SELECT 1 FROM daily_trading_data WHERE session_id = OLD.id)
  OR EXISTS (SELECT 1 FROM mood_checkins WHERE session_id = OLD.id)
  OR EXISTS (SELECT 1 FROM ai_mentor_reports WHERE session_id = OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'trading_sessions: this session holds trades, moods or reports; delete those first');
END;
