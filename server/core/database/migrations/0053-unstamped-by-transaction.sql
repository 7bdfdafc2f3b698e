-- What one transaction wrote is found by its number alone, see the stamp in foundation.ts.
drop index "change_log_unstamped";
create index "change_log_unstamped" on "change_log" ("tx", "k") where seq is null;
drop index "event_log_unstamped";
create index "event_log_unstamped" on "event_log" ("tx", "k") where seq is null;
drop index "mutation_result_tenant_id_tx_index";
create index "mutation_result_tx_index" on "mutation_result" ("tx");
