/** Server settings by name. */
export type ServerSettings = Readonly<Record<string, string>>;

/**
 * Settings of the embedded server, for a machine that also runs the rest of Kontor. What makes a commit durable is
 * said in full, so that no default of a later version can weaken it.
 */
const embeddedSettings: ServerSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  password_encryption: "scram-sha-256",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  data_sync_retry: "off",
  wal_level: "replica",
  commit_delay: "0",
  shared_buffers: "128MB",
  wal_buffers: "16MB",
  min_wal_size: "256MB",
  max_wal_size: "1GB",
  checkpoint_timeout: "5min",
  checkpoint_completion_target: "0.9",
  // One database on one machine: parallel plans and compilation cost more here than they give.
  max_parallel_workers_per_gather: "0",
  jit: "off",
  io_workers: "1",
  // A client that vanished is noticed in seconds and leaves no lock behind.
  tcp_keepalives_idle: "10",
  tcp_keepalives_interval: "5",
  tcp_keepalives_count: "3",
  client_connection_check_interval: "5s",
  // Failed statements are reported to their caller; logging each would let a client fill the disk.
  log_min_messages: "log",
  log_checkpoints: "off",
  log_timezone: "UTC",
  timezone: "UTC",
};

/** Arguments of the server program. `overrides` win. */
export function serverArguments(dataFolder: string, port: number, overrides: ServerSettings): readonly string[] {
  const settings = { ...embeddedSettings, ...overrides, port: String(port) };
  return ["-D", dataFolder, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}
