-- Which queue runners live: what the silent hold is free again.
create table "queue_runner" ("id" text not null, "seen_at" timestamptz(3) not null, primary key ("id"));
