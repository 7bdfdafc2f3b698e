/** The outbox and the drafts: small, in a file of their own, on the disk when a call returns. Nothing here can be fetched again. */
import type { FileKind, Migration } from "./file.ts";

const first = `
create table device (one integer primary key check (one = 1), data text not null, sum integer not null);
create table pending (mid integer primary key, data text not null, sum integer not null);
create table sent (mid integer primary key, data text not null, sum integer not null);
create table rejected (key text not null primary key, data text not null, sum integer not null) without rowid;
create table draft (conversation_id text not null, mode text not null, data text not null, sum integer not null, at text not null, primary key (conversation_id, mode)) without rowid;
`;

export const outboxMigrations: readonly Migration[] = [{ version: 10, sql: first }];

export const outboxKind: FileKind = { name: "outbox", migrations: outboxMigrations, synchronous: "FULL" };
