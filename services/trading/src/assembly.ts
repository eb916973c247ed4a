import type { Fault } from "@kontor/kernel";
import { limits } from "@kontor/kernel";
import type { Answering } from "./answering.ts";
import { createAnswering } from "./answering.ts";
import type { Arrival } from "./arrival.ts";
import { createArrival } from "./arrival.ts";
import { segmentOf } from "./batch.ts";
import { createCommits } from "./commits.ts";
import type { Departure } from "./departure.ts";
import { createDeparture } from "./departure.ts";
import type { Dispatcher } from "./dispatcher.ts";
import { createDispatcher } from "./dispatcher.ts";
import type { Heartbeat } from "./heartbeat.ts";
import { createHeartbeat } from "./heartbeat.ts";
import type { Hindrances } from "./hindrance.ts";
import { createHindrances } from "./hindrance.ts";
import type { TradingHostOptions } from "./host.ts";
import type { Ingress } from "./ingress.ts";
import { createIngress } from "./ingress.ts";
import type { JournalWriter } from "./journal-writer.ts";
import { createJournalWriter } from "./journal-writer.ts";
import type { Leases } from "./leases.ts";
import { createLeases } from "./leases.ts";
import type { LoadOptions } from "./load.ts";
import { createMissedGaps } from "./missed-gaps.ts";
import type { OlderKeys } from "./older-keys.ts";
import { createOlderKeys } from "./older-keys.ts";
import type { Ownership } from "./ownership.ts";
import { createOwnership } from "./ownership.ts";
import { RecentKeys } from "./recent-keys.ts";
import type { Recovery } from "./recovery.ts";
import { createRecovery } from "./recovery.ts";
import type { ServiceGaps } from "./service-gaps.ts";
import { createServiceGaps } from "./service-gaps.ts";
import type { HostSettings } from "./settings.ts";
import type { Batch, Shard } from "./shard.ts";
import { isQuiet } from "./shard.ts";
import type { ShardAffairs } from "./shard-affairs.ts";
import { createShardAffairs } from "./shard-affairs.ts";
import type { ShardBook } from "./shard-book.ts";
import { createShardBook } from "./shard-book.ts";
import { createSnapshotWrite } from "./snapshot-writes.ts";
import type { Snapshotter } from "./snapshotter.ts";
import { createSnapshotter } from "./snapshotter.ts";
import { stateTextOf } from "./state-hash.ts";
import type { Counters } from "./stats.ts";
import { createCounters } from "./stats.ts";
import type { Timers } from "./timers.ts";
import { createTimers } from "./timers.ts";
import type { ViewRequests } from "./view-requests.ts";
import { createViewRequests } from "./view-requests.ts";

export type HostPhase = "new" | "started" | "stopping" | "stopped";

export type AssemblyOptions = TradingHostOptions & {
  readonly settings: HostSettings;
  readonly phase: () => HostPhase;
  /** Once a second while the host is started. */
  readonly onBeat: () => void;
};

/** The parts of one host. They know each other by name, for some of them call in circles. */
export type HostParts = {
  counters: Counters;
  answering: Answering;
  book: ShardBook;
  gaps: ServiceGaps;
  timers: Timers;
  leases: Leases;
  ownership: Ownership;
  heartbeat: Heartbeat;
  hindrances: Hindrances;
  affairs: ShardAffairs;
  views: ViewRequests;
  olderKeys: OlderKeys;
  recentKeys: RecentKeys;
  arrival: Arrival;
  departure: Departure;
  recovery: Recovery;
  snapshotter: Snapshotter;
  dispatcher: Dispatcher;
  writer: JournalWriter;
  ingress: Ingress;
};

/** Makes every part once. Each is given what is there already, and functions that find the rest when they are called. */
export function assemble(options: AssemblyOptions): Readonly<HostParts> {
  const parts = { counters: createCounters() } as HostParts;
  parts.recentKeys = new RecentKeys(limits.recentKeysMax);
  parts.answering = createAnswering(parts.counters, parts.recentKeys);
  parts.book = createShardBook((...recovered) => parts.recovery(...recovered), options.settings.timing.monotonicMs);
  addTime(parts, options);
  addOwnership(parts, options);
  addTrading(parts, options);
  addLoading(parts, options);
  addBorder(parts, options);
  return parts;
}

function addTime(parts: HostParts, { clock, settings, phase }: AssemblyOptions): void {
  const { timing, outageMinMs } = settings;
  const { monotonicMs } = timing;
  parts.gaps = createServiceGaps({
    clock,
    monotonicMs,
    minMs: outageMinMs,
    onGap: (gap) => parts.affairs.gapEnded(gap),
  });
  parts.hindrances = createHindrances({ phase, settings, gaps: parts.gaps, heartbeat: () => parts.heartbeat });
  parts.timers = createTimers({ clock, timing, onDue: (shard) => parts.affairs.probe(shard) });
}

function addOwnership(parts: HostParts, options: AssemblyOptions): void {
  const { journal, hostId, settings, log, clock, onBeat } = options;
  const { timing, leaseRenewMs, leaseTtlMs, appendDeadlineMs: deadlineMs } = settings;
  parts.leases = createLeases({ hosts: journal.hosts, hostId, settings });
  parts.ownership = createOwnership({ journal, leases: parts.leases, hostId, timing, deadlineMs });
  const onRenewed = () => {
    parts.gaps.contact();
    parts.dispatcher.resume();
  };
  parts.heartbeat = createHeartbeat({
    leases: parts.leases,
    timing,
    log,
    leaseRenewMs,
    leaseTtlMs,
    onRenewed,
    onBeat,
  });
  parts.affairs = createShardAffairs({ ...namedParts(parts), journal, clock, log, settings });
}

/** What `ShardAffairs` asks for only when something happens. */
function namedParts(parts: HostParts) {
  const { counters, book, ownership, timers } = parts;
  return {
    counters,
    book,
    ownership,
    timers,
    arrival: () => parts.arrival,
    departure: () => parts.departure,
    recovery: () => parts.recovery,
    dispatcher: () => parts.dispatcher,
  };
}

function addTrading(parts: HostParts, { journal, bus, settings, log }: AssemblyOptions): void {
  const { counters, answering, affairs, gaps } = parts;
  const { timing, appendsInFlightMax, appendDeadlineMs, keyWindowMax } = settings;
  parts.dispatcher = createDispatcher({
    ...affairs,
    settings,
    writer: () => parts.writer,
    answering,
    log,
    isPaused: () => {
      if (!gaps.isOpen()) return false;
      parts.heartbeat.renew(); // Its answer ends the gap, and that resumes.
      return true;
    },
  });
  const { wake, resume } = parts.dispatcher;
  parts.olderKeys = createOlderKeys({ journal, answering, log, keyWindowMax, wake });
  parts.views = createViewRequests({ enter: parts.book.enter, hindrance: parts.hindrances.ofViews });
  const snapshot = (batch: Batch) => requestSnapshot(parts, batch);
  const { views, timers, olderKeys } = parts;
  const { close } = affairs;
  const commit = createCommits({ bus, counters, answering, views, timers, olderKeys, snapshot, close, wake });
  parts.writer = createJournalWriter({
    append: journal.append,
    timing,
    appendsInFlightMax,
    appendDeadlineMs,
    counters,
    onCommitted(batches) {
      gaps.contact();
      commit(batches);
    },
    onFailed: (batches, outcome, error) => {
      const lost = batches.filter(({ shard, core }) => shard.core === core);
      const shards: Shard[] = lost.map(({ shard }) => shard);
      if (outcome === "refused") counters.refusedCommits += lost.length;
      else counters.unknownCommits += lost.length;
      log.warn({ err: error, outcome, shards: shards.length }, "commit without success; asking the journal");
      void parts.recovery(shards);
    },
    onFree: resume,
  });
}

function requestSnapshot({ snapshotter }: HostParts, batch: Batch): void {
  const { core, stateHash, shard } = batch;
  const { epoch, lastSeq: seq, hash } = segmentOf(batch);
  core.snapshotSeq = seq;
  snapshotter.request({ shard: shard.id, mechanism: core.mechanism.mechanism, epoch, seq, hash, stateHash });
}

/** A snapshot of where the shard stands, if it has moved since the last one and nothing of it is on its way. */
export function requestLastSnapshot({ snapshotter }: Readonly<HostParts>, shard: Shard): void {
  const { core } = shard;
  if (core === null || core.mode === "unborn" || core.seq === core.snapshotSeq || !isQuiet(shard)) return;
  const { mechanism, epoch, seq, hash } = core;
  const { stateHash } = stateTextOf(mechanism, core.state);
  core.snapshotSeq = seq;
  snapshotter.request({ shard: shard.id, mechanism: mechanism.mechanism, epoch, seq, hash, stateHash });
}

function addLoading(parts: HostParts, options: AssemblyOptions): void {
  const { journal, mechanisms, log, settings, phase, hostId } = options;
  const { counters, book, ownership, dispatcher, gaps } = parts;
  const { keyWindowMax, timing, recoveryGraceMs, outageMinMs } = settings;
  const onBadSnapshot = (shard: string, fault: Fault): void => {
    counters.alerts++;
    log.error({ err: fault, shard }, "a snapshot does not fit its journal; the shard is read from its start");
  };
  const load: LoadOptions = { journal, mechanisms, keyWindowMax, onBadSnapshot };
  const write = options.writeSnapshot ?? createSnapshotWrite(journal, load);
  parts.snapshotter = createSnapshotter({ write, log, counters });
  const isStarted = () => phase() !== "new";
  const missedGaps = createMissedGaps({ hostId, outageMinMs, gaps, isStarted });
  parts.departure = createDeparture({ ...parts, shards: book.all, settings, log });
  parts.arrival = createArrival({ ...options, ...parts, ...parts.affairs, missedGaps, wake: dispatcher.wake });
  const { arrival, departure } = parts;
  const isStopped = () => phase() === "stopped";
  parts.recovery = createRecovery({ load, ownership, arrival, departure, timing, log, recoveryGraceMs, isStopped });
}

function addBorder(parts: HostParts, { clock, mechanisms, settings }: AssemblyOptions): void {
  const { counters, answering, olderKeys, recentKeys, book, dispatcher, hindrances } = parts;
  parts.ingress = createIngress({
    clock,
    monotonicMs: settings.timing.monotonicMs,
    mechanisms,
    settings,
    counters,
    answering,
    olderKeys,
    recentKeys,
    enter: book.enter,
    hindrance: hindrances.ofCommands,
    wake: dispatcher.wake,
  });
}
