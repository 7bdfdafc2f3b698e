create index "change_log_access" on "change_log" ("tenant_id", "id", "seq") where entity = 'access';
