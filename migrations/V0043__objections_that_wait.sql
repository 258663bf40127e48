-- Objections that wait for an answer are an alert as well.
ALTER TABLE alert DROP CONSTRAINT alert_kind_check;
ALTER TABLE alert ADD CONSTRAINT alert_kind_check CHECK (kind IN ('AGREEMENT_LOW', 'QUEUE_DRY', 'TRAINING_FAILED',
    'MESSAGES_WAITING', 'GOLD_LOW', 'APPEAL_WAITING', 'OBJECTIONS_WAITING', 'DISK_FULL'));
