package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.contracts.generated.MarketEscrow;
import io.clearmarket.gateway.chain.ChainLog.Shares;
import io.clearmarket.wallet.eth.EthAddress;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.BiFunction;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/** Logs of MarketEscrow as domain records. */
final class LogDecoder {
    private static final Map<String, BiFunction<LogRef, Log, ChainLog>> BY_TOPIC = Map.ofEntries(
            decoder(MarketEscrow.DEPOSITED_EVENT, LogDecoder::deposited),
            decoder(MarketEscrow.SETTLED_EVENT, LogDecoder::settled),
            decoder(MarketEscrow.ENTITLEMENTSKIPPED_EVENT, LogDecoder::skipped),
            decoder(MarketEscrow.VOIDED_EVENT, LogDecoder::voided),
            decoder(MarketEscrow.PAIDDIRECT_EVENT, LogDecoder::paidDirect),
            decoder(MarketEscrow.REFUNDEDDIRECT_EVENT, LogDecoder::refundedDirect),
            decoder(MarketEscrow.SPLITDIRECT_EVENT, LogDecoder::splitDirect),
            decoder(MarketEscrow.RECLAIMED_EVENT, LogDecoder::reclaimed),
            decoder(MarketEscrow.CLAIMABLE_EVENT, LogDecoder::claimable),
            decoder(MarketEscrow.CLAIMED_EVENT, LogDecoder::claimed));

    private LogDecoder() {}

    /** @param block the block that the log is in */
    static ChainLog decode(Log log, BlockRef block) {
        LogRef ref = new LogRef(
                block, Hex.digest(log.getTransactionHash()), log.getLogIndex().longValueExact());
        String topic = log.getTopics().getFirst();
        BiFunction<LogRef, Log, ChainLog> decoder = BY_TOPIC.get(topic);
        return decoder == null ? new ChainLog.Other(ref, Hex.digest(topic)) : decoder.apply(ref, log);
    }

    /** The topic of an event, 0x-prefixed. */
    static String topic(Event event) {
        return EventEncoder.encode(event);
    }

    private static Map.Entry<String, BiFunction<LogRef, Log, ChainLog>> decoder(
            Event event, BiFunction<LogRef, Log, ChainLog> decoder) {
        return Map.entry(topic(event), decoder);
    }

    private static ChainLog deposited(LogRef ref, Log log) {
        var values = MarketEscrow.getDepositedEventFromLog(log);
        return new ChainLog.Deposited(
                ref,
                Digest.of(values.escrowId),
                Digest.of(values.termsHash),
                EthAddress.parse(values.payer),
                EthAddress.parse(values.asset),
                amount(values.total));
    }

    private static ChainLog settled(LogRef ref, Log log) {
        var values = MarketEscrow.getSettledEventFromLog(log);
        return new ChainLog.Settled(
                ref,
                Digest.of(values.escrowId),
                Digest.of(values.decision),
                amount(values.merchantGross),
                amount(values.payerAmount),
                shares(values.merchantShare, values.feeShare, values.referralShare, values.payerShare));
    }

    private static ChainLog skipped(LogRef ref, Log log) {
        var values = MarketEscrow.getEntitlementSkippedEventFromLog(log);
        return new ChainLog.Skipped(
                ref, Digest.of(values.escrowId), Digest.of(values.decision), reason(values.reason.intValueExact()));
    }

    private static ChainLog voided(LogRef ref, Log log) {
        var values = MarketEscrow.getVoidedEventFromLog(log);
        return new ChainLog.Voided(ref, Digest.of(values.escrowId), amount(values.amount));
    }

    private static ChainLog paidDirect(LogRef ref, Log log) {
        var values = MarketEscrow.getPaidDirectEventFromLog(log);
        return new ChainLog.PaidDirect(
                ref,
                Digest.of(values.escrowId),
                amount(values.merchantGross),
                shares(values.merchantShare, values.feeShare, values.referralShare, BigInteger.ZERO));
    }

    private static ChainLog refundedDirect(LogRef ref, Log log) {
        var values = MarketEscrow.getRefundedDirectEventFromLog(log);
        return new ChainLog.RefundedDirect(
                ref, Digest.of(values.escrowId), amount(values.payerAmount), amount(values.payerShare));
    }

    private static ChainLog splitDirect(LogRef ref, Log log) {
        var values = MarketEscrow.getSplitDirectEventFromLog(log);
        return new ChainLog.SplitDirect(
                ref,
                Digest.of(values.escrowId),
                amount(values.merchantGross),
                amount(values.payerAmount),
                shares(values.merchantShare, values.feeShare, values.referralShare, values.payerShare));
    }

    private static ChainLog reclaimed(LogRef ref, Log log) {
        var values = MarketEscrow.getReclaimedEventFromLog(log);
        return new ChainLog.Reclaimed(
                ref, Digest.of(values.escrowId), amount(values.payerAmount), amount(values.payerShare));
    }

    private static ChainLog claimable(LogRef ref, Log log) {
        var values = MarketEscrow.getClaimableEventFromLog(log);
        return new ChainLog.Claimable(
                ref,
                Digest.of(values.escrowId),
                EthAddress.parse(values.asset),
                EthAddress.parse(values.receiver),
                amount(values.amount));
    }

    private static ChainLog claimed(LogRef ref, Log log) {
        var values = MarketEscrow.getClaimedEventFromLog(log);
        return new ChainLog.Claimed(
                ref, EthAddress.parse(values.asset), EthAddress.parse(values.receiver), amount(values.amount));
    }

    /** By the contract's numbers. */
    private static ChainLog.Reason reason(int number) {
        return switch (number) {
            case 1 -> ChainLog.Reason.NOT_DEPOSITED;
            case 2 -> ChainLog.Reason.EXPIRED;
            case 3 -> ChainLog.Reason.DECREASE;
            case 4 -> ChainLog.Reason.OVER_TOTAL;
            default -> throw new IllegalArgumentException("the contract skips for no reason of number " + number);
        };
    }

    private static Amount amount(BigInteger units) {
        return new Amount(units);
    }

    private static Shares shares(BigInteger merchant, BigInteger fee, BigInteger referral, BigInteger payer) {
        return new Shares(amount(merchant), amount(fee), amount(referral), amount(payer));
    }
}
