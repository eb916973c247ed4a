/** Every queue, page, batch, body, subscription and loop has its maximum here. */
export const limits = {
  /** Commands in one journal batch of a shard. */
  batchCommandsMax: 512,
  /** Encoded bytes in one journal batch of a shard. */
  batchBytesMax: 1_048_576,
  /** Commands waiting for one shard before further ones are refused as overloaded. */
  shardQueueMax: 4_096,
  /** Commands waiting in the whole host before further ones are refused as overloaded. */
  hostQueueMax: 32_768,
  /** Commands of one shard remembered because the engine could not apply what it had decided on them. */
  unfitCommandsMax: 100,
  /** Journal statements in flight at once. */
  appendsInFlightMax: 2,
  appendDeadlineMs: 5_000,
  /** Idempotency keys kept in memory per shard; older ones are answered from the outcome table. */
  keyWindowMax: 20_000,
  /** Keys of a host whose shard it remembers, to tell when one is used for another. */
  recentKeysMax: 100_000,
  keyLengthMin: 8,
  keyLengthMax: 64,
  /** Commands at least from one snapshot of a shard to the next, and the characters of its state that ask for one more. */
  snapshotEveryCommands: 50_000,
  snapshotCharsPerCommand: 16,
  snapshotsKept: 3,
  leaseTtlMs: 5_000,
  leaseRenewMs: 1_000,

  partsPerShardMax: 200,
  companiesPerShardMax: 2_000,
  questionsPerShardMax: 500,
  /** One company cannot use up the questions of all. */
  questionsPerCompanyMax: 50,
  /**
   * Bytes as JSON, of what people write into a procedure once it is published. With a notice of `bodyBytesMax`, as many
   * companies as there may be and all of these its owner's view stays below `conflateAboveBytes`.
   */
  questionBytesPerShardMax: 131_072,
  questionBytesPerCompanyMax: 32_768,
  answerBytesPerShardMax: 131_072,
  amendmentBytesPerShardMax: 65_536,
  supplierReasonBytesPerShardMax: 32_768,
  revisionsPerShardMax: 200,
  amendmentsPerShardMax: 200,
  /** Bids of one lot, those of its aborted runs included. */
  bidsPerLotMax: 250_000,
  /** Characters of a description, a question or an answer; of a title or another single line; of a reason or a note. */
  textMax: 10_000,
  titleMax: 200,
  reasonMax: 2_000,
  priceScaleMax: 6,
  /**
   * Years, whole decades of them, in which instants lie. What may follow from one, years of pauses and extensions, is
   * still a safe integer of microseconds and a date that every database takes.
   */
  instantYearMin: 1970,
  instantYearMax: 2199,
  /** Milliseconds of the longest period: 366 days. */
  durationMsMax: 31_622_400_000,
  /** How far bids move the end of a lot whose rules set no cap: a day beyond the planned end. */
  softCloseCapMs: 86_400_000,
  /** The longest that an unseen end may lie behind the announced one: an hour. */
  randomEndMsMax: 3_600_000,

  /** First answers to mutations over HTTP are given again this long: 400 days. */
  requestOutcomesKeptMs: 34_560_000_000,
  requestOutcomesSweepMs: 3_600_000,
  /** Old answers that one statement deletes. */
  requestOutcomesSweepRows: 1_000,

  /** Keys of a company that have not expired. */
  apiKeysPerCompanyMax: 100,

  /** Operations of one posting in the ledger, and legs of one transfer. */
  ledgerOperationsMax: 500,
  ledgerLegsMax: 500,
  /** Characters of a reference, a purpose or an asset's id. */
  ledgerReferenceMax: 200,
  /** Of one leg or hold, in the asset's smallest unit; balances go up to 2^63 - 1. */
  ledgerAmountMax: 999_999_999_999_999_999n,
  /** Decimal places of an asset's unit. */
  assetScaleMax: 12,
  /** Kinds of receipts in one allocation. */
  allocationReceiptsMax: 50,
  /** Allocations, or settlements, that one look of the clearing takes up. */
  clearingBatchMax: 100,
  /** Fills, and postings of one account, on a statement of one day. */
  statementLinesMax: 20_000,

  /** Divisions of a company below one another. */
  divisionDepthMax: 8,
  /** Rungs of one offer in one price list. */
  rungsPerLadderMax: 500,

  /** Of a catalogue's file, and of one request with a part of it. */
  importFileBytesMax: 2_147_483_648,
  importPartBytesMax: 4_194_304,
  /** Problems of an import's rows that are kept one by one; all failed rows are. */
  importProblemsMax: 10_000,
  /** Rows that are applied together or not at all. */
  importAllRowsMax: 100_000,

  pageDefault: 50,
  pageMax: 200,
  bodyBytesMax: 262_144,

  frameBytesMax: 65_536,
  frameFragmentsMax: 64,
  frameBufferedChunksMax: 1_024,
  subscriptionsPerSocketMax: 200,
  subscribeWithinMs: 5_000,
  socketPingMs: 15_000,
  heartbeatMs: 1_000,
  permissionRecheckMs: 60_000,
  socketsPerUserMax: 5,
  socketsPerAddressMax: 20,
  socketsPerCompanyMax: 200,
  messagesPerSecondSession: 10,
  messagesPerSecondKey: 50,
  messageBurst: 100,
  /** Least time from one frame to the next of streams that change faster than people read. */
  conflatedEveryMs: 100,
  /** Above this many unsent bytes public streams are conflated to their latest snapshot. */
  conflateAboveBytes: 1_048_576,
  /** Above this many unsent bytes the socket is closed. */
  closeAboveBytes: 4_194_304,
  undrainedMsMax: 5_000,
  ringMessagesMax: 10_000,
} as const;
