-- Several traders in one file, each with settings of their own, and programs that come through the HTTP door.

-- SQLite cannot change a primary key: the rows wait in another table while theirs is made anew.
CREATE TABLE kept_settings (key TEXT, value TEXT);
INSERT INTO kept_settings SELECT key, value FROM settings;
DROP TABLE settings;
CREATE TABLE settings (
    key TEXT NOT NULL,
    value TEXT,
    user_id INTEGER NOT NULL DEFAULT 1 REFERENCES users (id),
    PRIMARY KEY (key, user_id)
);
INSERT INTO settings (key, value) SELECT key, value FROM kept_settings;
DROP TABLE kept_settings;

CREATE INDEX trades_by_external_id ON daily_trading_data (external_id) WHERE external_id IS NOT NULL;

-- Programs that may come through the HTTP door: of a secret only the digest is kept, and its beginning to know it by.
CREATE TABLE api_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    created_at DATETIME NOT NULL,
    last_used_at DATETIME,
    revoked_at DATETIME
);

CREATE INDEX tokens_by_prefix ON api_tokens (prefix);

-- What was answered under an Idempotency-Key, so that a request sent again stores nothing twice.
CREATE TABLE api_requests (
    token_id INTEGER NOT NULL REFERENCES api_tokens (id),
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at DATETIME NOT NULL,
    PRIMARY KEY (token_id, key)
);

CREATE INDEX requests_by_time ON api_requests (answered_at);

-- Session 0 is today's session of user 1: a program that names no session knows of no other trader.
DROP VIEW trader_today;
CREATE VIEW trader_today AS
SELECT date('now', coalesce(
    (SELECT value FROM settings
     WHERE key BETWEEN 'day_shift ' AND 'day_shift ' || datetime('now') AND user_id = 1
     ORDER BY key DESC LIMIT 1),
    '0') || ' seconds') AS session_date;

-- The first trade that names a currency names its trader's, unless others of the same trader are there whose currency
-- nobody knows. (Of a trade sent with session 0 this is seen when it gets its session.)

DROP TRIGGER trade_inserted;
CREATE TRIGGER trade_inserted AFTER INSERT ON daily_trading_data
BEGIN
    INSERT INTO bots (id, name)
    SELECT NEW.bot_id, 'bot ' || NEW.bot_id
    WHERE NOT EXISTS (SELECT 1 FROM bots WHERE id = NEW.bot_id);
    INSERT INTO settings (key, value, user_id)
    SELECT 'currency', NEW.currency, own.user_id
    FROM trading_sessions AS own
    WHERE own.id = NEW.session_id AND NEW.currency <> ''
      AND NOT EXISTS (SELECT 1 FROM settings WHERE key = 'currency' AND user_id = own.user_id)
      AND NOT EXISTS (SELECT 1 FROM trading_sessions AS s JOIN daily_trading_data AS t ON t.session_id = s.id
                      WHERE s.user_id = own.user_id AND coalesce(t.currency, '') = '' AND t.id <> NEW.id);
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

DROP TRIGGER trade_updated;
CREATE TRIGGER trade_updated AFTER UPDATE ON daily_trading_data
BEGIN
    INSERT INTO bots (id, name)
    SELECT NEW.bot_id, 'bot ' || NEW.bot_id
    WHERE NOT EXISTS (SELECT 1 FROM bots WHERE id = NEW.bot_id);
    INSERT INTO settings (key, value, user_id)
    SELECT 'currency', NEW.currency, own.user_id
    FROM trading_sessions AS own
    WHERE own.id = NEW.session_id AND NEW.currency <> ''
      AND NOT EXISTS (SELECT 1 FROM settings WHERE key = 'currency' AND user_id = own.user_id)
      AND NOT EXISTS (SELECT 1 FROM trading_sessions AS s JOIN daily_trading_data AS t ON t.session_id = s.id
                      WHERE s.user_id = own.user_id AND coalesce(t.currency, '') = '' AND t.id <> NEW.id);
    UPDATE trading_sessions
    SET revision = CASE
        WHEN (NEW.session_id, NEW.profit_loss, NEW.currency) IS (OLD.session_id, OLD.profit_loss, OLD.currency)
        THEN random() | (-9223372036854775807 - 1)
        ELSE random() & 9223372036854775807 END
    WHERE id IN (OLD.session_id, NEW.session_id);
END;

DROP TRIGGER session_totals;
CREATE TRIGGER session_totals AFTER UPDATE OF revision, total_trades, total_profit_loss ON trading_sessions
WHEN (NEW.revision > 0 AND NEW.revision IS NOT OLD.revision)
  OR ((NEW.total_trades, NEW.total_profit_loss) IS NOT (OLD.total_trades, OLD.total_profit_loss)
      AND EXISTS (SELECT 1 FROM daily_trading_data WHERE session_id = NEW.id)
      AND (NEW.total_trades, NEW.total_profit_loss) IS NOT (
        SELECT count(*),
               coalesce(sum(CASE WHEN typeof(profit_loss) IN ('real', 'integer')
                                  AND coalesce(nullif(currency, ''), base.code, '') = coalesce(base.code, '')
                                 THEN profit_loss END), 0.0)
        FROM daily_trading_data, (
            SELECT (SELECT value FROM settings WHERE key = 'currency' AND user_id = NEW.user_id) AS code) AS base
        WHERE session_id = NEW.id))
BEGIN
    UPDATE trading_sessions
    SET (total_trades, total_profit_loss) = (
        SELECT count(*),
               coalesce(sum(CASE WHEN typeof(profit_loss) IN ('real', 'integer')
                                  AND coalesce(nullif(currency, ''), base.code, '') = coalesce(base.code, '')
                                 THEN profit_loss END), 0.0)
        FROM daily_trading_data, (
            SELECT (SELECT value FROM settings WHERE key = 'currency' AND user_id = NEW.user_id) AS code) AS base
        WHERE session_id = NEW.id)
    WHERE id = NEW.id;
END;

DROP TRIGGER session_moved;
CREATE TRIGGER session_moved AFTER UPDATE OF user_id, session_date ON trading_sessions
BEGIN
    UPDATE trading_sessions
    SET revision = CASE
        WHEN NEW.user_id IS NOT OLD.user_id AND EXISTS (SELECT 1 FROM daily_trading_data WHERE session_id = NEW.id)
        THEN random() & 9223372036854775807
        ELSE random() | (-9223372036854775807 - 1) END
    WHERE id = NEW.id;
END;
