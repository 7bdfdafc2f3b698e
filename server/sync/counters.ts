/** What goes wrong between devices and server, for those who watch an installation. */
export const differing = { name: "sync_audits_differing_total", help: "Idle devices whose rows were not the server's: each is a defect." };
export const resets = { name: "sync_resets_total", help: "Devices that start over because the log does not reach back to them." };
export const refused = { name: "sync_refusals_total", help: "Changes of devices that were refused and went back as drafts." };
