-- Whether a trader said the day's risk score: the 5 that stands there by default says nothing, the 5 of a trader does.
ALTER TABLE trading_sessions ADD COLUMN risk_score_said INTEGER DEFAULT 0;
