-- What a commit has to number, in the order of its writing: the index gives the order, so nothing else is worth reading.
drop index "change_log_unstamped";
create index "change_log_unstamped" on "change_log" ("tenant_id", "tx", "k") where seq is null;
drop index "event_log_unstamped";
create index "event_log_unstamped" on "event_log" ("tenant_id", "tx", "k") where seq is null;
