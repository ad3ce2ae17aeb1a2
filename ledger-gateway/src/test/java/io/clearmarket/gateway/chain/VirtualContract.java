package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.EscrowTypes.Entitlement;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.eip712.Eip712;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What MarketEscrow and the test token do with the calls that settlement makes, as far as settlement can tell: exact deposits, cumulative
 * entitlements by a quorum with the required attester, skipped ones, mints. A call is told by a number in its calldata.
 */
public final class VirtualContract implements CallData {
    /** An escrow's amounts; gross and payer as paid, cumulative. */
    public record Escrow(Amount deposited, Amount gross, Amount payer) {}

    /**
     * All that is stored.
     *
     * @param tokens balances outside the contract
     * @param standby from when on a standby's signature over a digest counts, Unix time
     */
    public record State(Map<EthAddress, Amount> tokens, Map<Digest, Escrow> escrows, Map<Digest, Long> standby) {
        static final State EMPTY = new State(Map.of(), Map.of(), Map.of());
    }

    record Result(boolean succeeded, List<ChainLog> logs, State after) {}

    private sealed interface Call {}

    private record Deposit(Digest escrowId, Digest termsHash, Terms terms) implements Call {}

    private record Settle(MarketConfig market, List<Entitlement> entitlements, List<byte[]> signatures)
            implements Call {}

    private record Announce(MarketConfig market, Digest digest, List<byte[]> signatures) implements Call {}

    private record Mint(EthAddress to, Amount amount) implements Call {}

    private final Eip712.Domain domain;
    private final List<Call> calls = new ArrayList<>();

    VirtualContract(Deployment deployment) {
        this.domain = EscrowTypes.escrowDomain(deployment.chainId(), deployment.escrow());
    }

    @Override
    public String deposit(Terms terms, DepositSignature signature) {
        return told(new Deposit(EscrowTypes.escrowId(terms), terms.hash(), terms));
    }

    @Override
    public String settleBatch(
            MarketConfig market, List<Terms> terms, List<Entitlement> entitlements, List<byte[]> signatures) {
        return told(new Settle(market, entitlements, signatures));
    }

    @Override
    public String announceStandby(MarketConfig market, Digest digest, List<byte[]> signatures) {
        return told(new Announce(market, digest, signatures));
    }

    @Override
    public String reclaim(Terms terms) {
        throw new UnsupportedOperationException("nothing is reclaimed here");
    }

    @Override
    public String mint(EthAddress token, EthAddress to, Amount amount) {
        return told(new Mint(to, amount));
    }

    @Override
    public String permitNonce(EthAddress owner) {
        throw new UnsupportedOperationException("nobody signs permits here");
    }

    @Override
    public String eip712Domain() {
        return "0x";
    }

    @Override
    public Eip712.Domain domain(String answer) {
        return domain;
    }

    private String told(Call call) {
        calls.add(call);
        return "0x" + String.format("%08x", calls.size() - 1);
    }

    /** @param at where the call's first log comes */
    Result execute(State state, String data, LogRef at) {
        String hex = data.startsWith("0x") ? data.substring(2) : data;
        if (hex.isEmpty()) {
            return new Result(true, List.of(), state);
        }
        return switch (calls.get(Integer.parseInt(hex, 16))) {
            case Deposit deposit -> deposit(state, deposit, at);
            case Settle settle -> settle(state, settle, at);
            case Announce announce -> announce(state, announce, at);
            case Mint mint -> {
                Map<EthAddress, Amount> tokens = new HashMap<>(state.tokens);
                tokens.merge(mint.to, mint.amount, Amount::plus);
                yield new Result(true, List.of(), new State(tokens, state.escrows, state.standby));
            }
        };
    }

    private static Result deposit(State state, Deposit deposit, LogRef at) {
        Terms terms = deposit.terms;
        EthAddress payer = terms.escrow().payer();
        Amount balance = state.tokens.getOrDefault(payer, Amount.ZERO);
        if (state.escrows.containsKey(deposit.escrowId) || terms.total().isMoreThan(balance)) {
            return new Result(false, List.of(), state);
        }
        Map<EthAddress, Amount> tokens = new HashMap<>(state.tokens);
        tokens.put(payer, balance.minus(terms.total()));
        Map<Digest, Escrow> escrows = new HashMap<>(state.escrows);
        escrows.put(deposit.escrowId, new Escrow(terms.total(), Amount.ZERO, Amount.ZERO));
        ChainLog log = new ChainLog.Deposited(
                at, deposit.escrowId, deposit.termsHash, payer, terms.asset().token(), terms.total());
        return new Result(true, List.of(log), new State(tokens, escrows, state.standby));
    }

    private static Result announce(State state, Announce announce, LogRef at) {
        MarketConfig market = announce.market;
        Set<EthAddress> signers = VirtualSignatures.signers(announce.digest.bytes(), announce.signatures);
        if (signers.size() < market.quorum() || required(market).noneMatch(signers::contains)) {
            return new Result(false, List.of(), state);
        }
        Map<Digest, Long> standby = new HashMap<>(state.standby);
        standby.putIfAbsent(announce.digest, at.block().time().getEpochSecond() + market.standbyDelay());
        return new Result(true, List.of(), new State(state.tokens, state.escrows, standby));
    }

    /** The required attester and its standby. */
    private static Stream<EthAddress> required(MarketConfig market) {
        return market.requiredAttesters().stream().map(MarketConfig.Attester::address);
    }

    private Result settle(State state, Settle settle, LogRef at) {
        if (!hasQuorum(state, settle, at)) {
            return new Result(false, List.of(), state);
        }
        Map<Digest, Escrow> escrows = new HashMap<>(state.escrows);
        List<ChainLog> logs = new ArrayList<>();
        for (Entitlement wanted : settle.entitlements) {
            LogRef ref = new LogRef(at.block(), at.transaction(), at.logIndex() + logs.size());
            Escrow escrow = escrows.get(wanted.escrowId());
            ChainLog.Reason reason = reason(escrow, wanted, at);
            if (reason != null || escrow == null) {
                logs.add(new ChainLog.Skipped(
                        ref, wanted.escrowId(), wanted.decision(), reason == null ? ChainLog.Reason.DECREASE : reason));
                continue;
            }
            ChainLog.Shares shares = new ChainLog.Shares(
                    wanted.gross().minus(escrow.gross),
                    Amount.ZERO,
                    Amount.ZERO,
                    wanted.payer().minus(escrow.payer));
            escrows.put(wanted.escrowId(), new Escrow(escrow.deposited, wanted.gross(), wanted.payer()));
            if (!shares.merchant().isZero() || !shares.payer().isZero()) {
                logs.add(new ChainLog.Settled(
                        ref, wanted.escrowId(), wanted.decision(), wanted.gross(), wanted.payer(), shares));
            }
        }
        return new Result(true, logs, new State(state.tokens, escrows, state.standby));
    }

    private static ChainLog.@Nullable Reason reason(@Nullable Escrow escrow, Entitlement wanted, LogRef at) {
        if (escrow == null) {
            return ChainLog.Reason.NOT_DEPOSITED;
        }
        if (at.block().time().getEpochSecond() > wanted.validUntil()) {
            return ChainLog.Reason.EXPIRED;
        }
        if (escrow.gross.isMoreThan(wanted.gross()) || escrow.payer.isMoreThan(wanted.payer())) {
            return ChainLog.Reason.DECREASE;
        }
        return wanted.gross().plus(wanted.payer()).isMoreThan(escrow.deposited) ? ChainLog.Reason.OVER_TOTAL : null;
    }

    private boolean hasQuorum(State state, Settle settle, LogRef at) {
        byte[] digest = EscrowTypes.batchDigest(domain, settle.entitlements);
        Set<EthAddress> signers = VirtualSignatures.signers(digest, settle.signatures);
        if (signers.size() < settle.market.quorum() || required(settle.market).noneMatch(signers::contains)) {
            return false;
        }
        long usableFrom = state.standby.getOrDefault(Digest.of(digest), Long.MAX_VALUE);
        return signers.contains(settle.market.requiredAttesters().getFirst().address())
                || at.block().time().getEpochSecond() >= usableFrom;
    }
}
