#if PLANTS
  /// A fault that a test build carries, asleep, to show that a running check names it. Each stands
  /// where its name is used; at most one is awake in a process.
  public enum Plant: Sendable, CaseIterable {
    // MARK: VirtualTime

    /// Every hundredth timer sets the clock five milliseconds back.
    case clockGoesBack
    /// Every so often a timer is put into the heap of timers without rising to its place.
    case heapBroken
    /// Every second message takes the number of the one before it.
    case messageNumberReused
    /// Messages arrive a nanosecond before the least latency of their link.
    case messageEarly
    /// Every twentieth message of a link is counted as sent and never put on its way.
    case messageLost
    /// Every twentieth message of a link is handed over twice.
    case messageTwice
    /// Now and then a job of the island's own is taken for one of another thread.
    case jobTakenForForeign
    /// Some receivers of a channel are promised an element and never woken.
    case wakeLost
    /// Now and then a callback is never put among the timers.
    case timerLost
    // MARK: Acquirers

    /// The acquirer keeps the approval that it is told to reverse.
    case reversalDoesNothing
    /// The caller takes an answer that comes after the deadline.
    case lateAnswerTaken
    /// The acquirer states the whole approval where a part was captured.
    case partCapturedInFull
    /// The acquirer keeps an approval that was voided or has expired.
    case releaseDoesNothing
    /// Sales that are answered after the close of a file stand twice in the next.
    case laterSaleTwice
    /// Every fortieth line is owed for, but missing in the file.
    case fileLineLeftOut
    /// Every fortieth line stands twice in the file.
    case fileLineTwice
    /// The totals of a file are one minor unit above its lines.
    case fileTotalPlusOne
    // MARK: Authorization

    /// A worker waits twice the deadline for an answer.
    case deadlineDoubled
    /// After a retry an unknown outcome is not reversed.
    case reversalLeftOut
    /// The second retry is not counted.
    case attemptNotCounted
    /// The reversal is sent to the account-to-account scheme, whoever was asked.
    case reversalGoesElsewhere
    /// An approval is noted as that of the first acquirer of the route.
    case approvalOfAnother
    /// A half-open breaker lets every call through.
    case twoProbes
    /// An open breaker lets calls through.
    case callThroughOpenBreaker
    /// An open breaker whose time is over forgets that it has let a probe through.
    case probeForgotten
    /// A breaker opens one failure too late.
    case breakerOpensLate
    /// A breaker stays open for half of its time.
    case breakerOpenHalved
    /// After a failed probe a breaker stays open for half of the first time.
    case reopenedShort
    /// One retry more than allowed.
    case retryBeyondCount
    /// The wait before a retry is half of what it should be.
    case backOffHalved
    /// The wait before a retry does not grow.
    case backOffNotGrown
    // MARK: Bus

    /// Every 97th record is appended and never handed to a worker.
    case recordSkipped
    /// The partition takes records however many wait.
    case lagUnheeded
    /// Some records that waited for room in flight are dropped.
    case backlogRecordLost
    /// A record does not wait for the merchant's record before it.
    case merchantOrderBroken
    /// A merchant is let go while its next record is worked on.
    case merchantLetGo
    /// Every 41st record is handed to two workers.
    case recordHandedTwice
    // MARK: Gateway

    /// Every 97th accepted payment is answered and not put on the bus.
    case acceptedNotPublished
    /// Every 41st payment is put on the bus twice.
    case publishedTwice
    /// A repeated request of a decided payment makes a payment of its own.
    case repeatTakenForNew
    /// Requests take no token of their merchant's bucket.
    case tokenNotTaken
    /// A refused request is answered as accepted.
    case refusedAnsweredAccepted
    /// A merchant's bucket holds four times what it may.
    case bucketOverfilled
    // MARK: Idempotency

    /// The key of a declined payment is forgotten.
    case keyForgotten
    /// A repeated key with another body gets the answer of the first.
    case otherBodyUnseen
    /// A key is noted under its successor.
    case claimUnderAnotherKey
    /// Keys are forgotten after half of their time to live.
    case timeToLiveHalved
    // MARK: Ledger

    /// Holds are captured however old they are.
    case expiryUnheeded
    /// Holds expire after half of their validity.
    case expiryEarly
    /// A hold is captured at its expiry.
    case expiredCaptured
    /// Every twentieth payment's capture is posted twice.
    case holdCapturedTwice
    /// The acquirer is not told of voids and expiries.
    case acquirerNotReleased
    /// A refund is not cut to what was captured.
    case refundTooLarge
    /// What was given back before is forgotten.
    case refundForgotten
    /// The acquirer is not told to give money back.
    case acquirerNotToldOfRefund
    /// A cancellation after capture is carried out twice.
    case takenBackTwice
    /// Confirmed payouts debit one account and credit none.
    case postedOnOneSide
    /// A capture credits a minor unit less than it debits.
    case resolvedOneShort
    /// A refund is taken from the account of the next merchant.
    case refundFromNeighbour
    /// Fees go to the residuals of foreign exchange.
    case feeToWrongAccount
    /// What rounding leaves of conversions is not booked.
    case residualDropped
    /// A write counts as durable at once.
    case answeredBeforeCommit
    /// A commit overtakes the one before it.
    case commitOvertakes
    // MARK: Merchants

    /// What a client sends twice has another key the second time.
    case sentAgainUnderAnotherKey
    /// A client tries once more than it may.
    case clientRetriesBeyond
    /// A client tries again under another key.
    case retriedUnderAnotherKey
    /// A client's wait before it tries again does not grow.
    case clientBackOffNotGrown
    /// What a client sends again the first time never reaches the gateway.
    case retryLost
    // MARK: Rails

    /// A settlement system opens an hour before its time.
    case opensEarly
    /// A rail works on instructions while its system is closed.
    case hoursUnheeded
    /// Every fortieth instruction is reported as executed twice.
    case reportedTwice
    /// What a close gives back is handed on to nobody.
    case returnedLost
    /// Statements are delivered twice.
    case statementDeliveredTwice
    /// Every twentieth instruction is settled to another bank.
    case wireToWrongBank
    /// Every twentieth instruction is settled over a minor unit more.
    case wirePlusOne
    /// Every twentieth instruction is taken on over a minor unit more.
    case submittedPlusOne
    /// Every twentieth instruction is taken on for another bank.
    case submittedToWrongBank
    /// Every fortieth instruction is never tried.
    case instructionLost
    /// Failed attempts on a rail are not counted.
    case railRetryUncounted
    /// The wait before an attempt on a rail is always the first.
    case railDelayNotGrown
    /// Every twentieth movement is missing in the statements.
    case movementNotStated
    /// The last movement of a statement stands in it twice.
    case lastMovementTwice
    /// An instruction that goes over another rail forgets which it has tried.
    case triedForgotten
    // MARK: Reconciliation

    /// Every fortieth line of a file is passed over.
    case fileLineUnread
    /// Lines that agree are counted twice.
    case matchedTwice
    /// What an acquirer has paid is booked for the acquirer of the first file.
    case fundingOfAnother
    /// Every twentieth line of a statement is passed over.
    case statementLineUnread
    /// Lines that came before their capture was durable are dropped.
    case earlyLineDropped
    // MARK: Records

    /// Every fortieth posting is written down by nobody.
    case eventUnheard
    /// Every fortieth posting is written down twice.
    case postingHeardTwice
    // MARK: Settlement

    /// Merchants pay the fees of the next plan.
    case feeOfAnotherPlan
    /// What comes after the cut-off is put into the day that ends.
    case cutOffUnheeded
    /// What came after the cut-off goes out with the day that ended.
    case followingClosedToo
    /// Refunds are lost when a window takes what merchants have.
    case refundsNotTaken
    /// The last payment that a window takes stays for the next window.
    case takenAgain
    /// Refunds are put into no window.
    case refundNotWindowed
    /// Every 41st captured payment is put into its window twice.
    case windowedTwice
    /// The first share of a batch goes to the last of its merchants.
    case shareOfAnother
    /// Deals buy half of what they should.
    case dealAtWrongRate
    /// A part of a settlement is paid what the parts before it come to as well.
    case partPaidWhole
    /// Payouts are converted at the rates of the last deal.
    case staleRates
    /// Fees are a minor unit too high.
    case feePlusOne
    /// Payouts are instructed over a minor unit more.
    case payoutPlusOne
    /// Payouts are instructed to an issuer.
    case payoutToWrongBank
    // MARK: Transfers

    /// A returned transfer goes to another bank.
    case returnedToWrongBank
    /// Deals for transfers are at the rates of the start.
    case transferDealStale
    /// Wires of transfers are instructed over a minor unit more.
    case transferWirePlusOne
    /// Orders to and from a failed bank are carried out.
    case failedBankServed
    /// What is missing after a rearrangement is instructed over a minor unit more.
    case rearrangedPlusOne
    /// What arrived before a bank's failure and was not credited is not given back.
    case uncreditedKept
    /// What is reversed goes to the customers of the first bank of the run.
    case reversedToAnother
    /// What rounding leaves of a bank's conversions is not booked.
    case transferResidualDropped
    /// What a plan leaves for later is planned by nobody.
    case deferredForgotten
    /// The last transfer that a release leaves is planned by nobody.
    case waitingForgotten
    /// Batches settle with the first wire that they depend on.
    case settledOnFirstWire
    /// A set waits for one wire only.
    case wireNotCounted
    // MARK: Interbank

    /// A payment does not wait for those of its payer before it.
    case queueJumped
    /// A part that settles is taken twice off what remains.
    case partCountedTwice
    /// A payment is queued before all others of its payer.
    case queuedInFront
    /// Net debit caps are not looked at.
    case capUnheeded
    /// Bilateral limits are not looked at.
    case limitUnheeded
    /// The payee receives a minor unit less.
    case receivedOneShort
    /// Some participants' positions are told as paid and are not.
    case positionNotPaid
    /// Normal payments use what is reserved for urgent ones.
    case reserveUnheeded
    /// Groups of normal payments use what is reserved for urgent ones.
    case groupReserveUnheeded
    /// The last payment of a group leaves the queue without having moved.
    case nettedPaymentDropped
    /// What still waits at the close is taken out and given back to nobody.
    case takenOutSilently
    /// What is held back at the close is forgotten.
    case heldForgotten
    // MARK: Batching

    /// Nothing leaves because the next round would make it late.
    case nextPlanUnheeded
    /// The last of what the next round would make late is put off.
    case lastWirePutOff
    /// A rule is followed that another one is cheaper than.
    case dearerPlanTaken
    /// The bound of a plan is a hundredth too high.
    case boundTooHigh
    /// Pairs that net bilaterally net with all others.
    case bilateralAsMultilateral
    /// Two banks that net bilaterally each send what they owe.
    case bilateralBothWays
    /// A batch holds one payment more than it may.
    case batchOneTooLarge
    /// The last payment of a part is the first of the next as well.
    case memberInTwoParts
    /// The last obligation is in no settlement.
    case obligationUnplanned
    /// Some obligations that are not urgent are in no settlement.
    case hybridObligationUnplanned
    /// The last flow between two banks is left out of what they net.
    case bilateralFlowDropped
    /// The last flow of a netting is left out of all positions.
    case netFlowDropped
    /// Each part of a settlement pays out what the parts before it came to as well.
    case partsOverlap
    /// The last conversion of a plan is left out, and all that are netted.
    case conversionDropped

    /// The plant that is awake; set before anything runs.
    fileprivate nonisolated(unsafe) static var awake: Plant?

    /// The environment variable that names the plant to wake.
    public static let variable = "SETTLESIM_PLANT"

    /// Wakes the plant with a name.
    ///
    /// - Returns: whether there is one.
    public static func wake(_ name: String) -> Bool {
      awake = allCases.first { "\($0)" == name }
      return awake != nil
    }
  }

  /// Whether a plant is awake.
  public func planted(_ plant: Plant) -> Bool { plant == Plant.awake }

#else
  /// Stands for every plant where there is none.
  @dynamicMemberLookup
  public struct Plant: Sendable {
    @inlinable @inline(__always)
    init() {}

    /// Whatever is named.
    @inlinable @inline(__always)
    public static subscript(dynamicMember name: StaticString) -> Plant { Plant() }
  }

  /// Nothing is planted: what stands behind this is not compiled in.
  @inlinable @inline(__always)
  public func planted(_ plant: Plant) -> Bool { false }
#endif
