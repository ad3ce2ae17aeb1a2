package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Decision;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.MarketConfig;
import io.clearmarket.chaincode.api.Records.Receipt;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.gateway.chain.VirtualSignatures;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the chaincode makes of the commands that settlement and a trade of two parties need, as far as settlement can tell: command ids, evidence
 * by a quorum with the required attester and once, cumulative money. It keeps a list of what should never happen.
 */
final class VirtualRules {
    private final MarketConfig market;
    private final Predicate<Evidence.Seen> isFinal;
    private Map<ConsignmentId, Consignment> consignments = new LinkedHashMap<>();
    private final Map<String, Receipt> receipts = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Map<String, CommandId> idOfFact = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** @param isFinal whether the chain has the log in a final block at this moment */
    VirtualRules(MarketConfig market, Predicate<Evidence.Seen> isFinal) {
        this.market = market;
        this.isFinal = isFinal;
    }

    /** What a command or a batch would do to what it read. */
    record Effect(
            @Nullable Refusal refusal,
            List<Write> writes,
            @Nullable Receipt batch) {}

    /**
     * One command's effect.
     *
     * @param readVersion the consignment's version that it was decided on
     * @param evidence key of the log it brings, if it brings one
     */
    record Write(
            Consignment after, long readVersion, @Nullable Evidence evidence, Receipt receipt) {}

    void place(Consignment consignment) {
        consignments.put(consignment.id(), consignment);
    }

    Map<ConsignmentId, Consignment> consignments() {
        return consignments;
    }

    List<String> violations() {
        return violations;
    }

    Optional<byte[]> receipt(PartyId party, CommandId id) {
        return Optional.ofNullable(receipts.get(key(party, id))).map(Json.MAPPER::writeValueAsBytes);
    }

    Effect decide(PartyId signer, Request request) {
        return switch (request) {
            case Command command -> {
                Map<ConsignmentId, Consignment> overlay = new HashMap<>(consignments);
                yield switch (decide(signer, command, overlay)) {
                    case Refusal refusal -> new Effect(refusal, List.of(), null);
                    case Write write -> new Effect(null, List.of(write), null);
                    default -> new Effect(null, List.of(), null);
                };
            }
            case Batch batch -> decide(signer, batch);
        };
    }

    private Effect decide(PartyId signer, Batch batch) {
        Map<ConsignmentId, Consignment> overlay = new HashMap<>(consignments);
        List<Write> writes = new ArrayList<>();
        List<DomainEvent.Part> parts = new ArrayList<>();
        Refusal first = null;
        for (Batch.Step step : batch.commands()) {
            Command command =
                    Json.MAPPER.treeToValue(step.command(), CommandName.types().get(step.name()));
            switch (decide(signer, command, overlay)) {
                case Refusal refusal -> {
                    first = first == null ? refusal : first;
                    parts.add(new DomainEvent.Part(null, refusal, false));
                }
                case Write write -> {
                    writes.add(write);
                    overlay.put(write.after.id(), write.after);
                    parts.add(new DomainEvent.Part(event(signer, command, List.of()), null, false));
                }
                default -> parts.add(new DomainEvent.Part(event(signer, command, List.of()), null, true));
            }
        }
        if (first != null && parts.stream().allMatch(part -> part.refusal() != null)) {
            return new Effect(first, List.of(), null);
        }
        return new Effect(null, writes, receiptOf(signer, batch, event(signer, batch, parts)));
    }

    /** A {@link Refusal}, a {@link Write}, or that the command took effect earlier. */
    private Object decide(PartyId signer, Command command, Map<ConsignmentId, Consignment> overlay) {
        Receipt known = receipts.get(key(signer, command.commandId()));
        if (known != null) {
            return known.content().equals(content(command))
                    ? known
                    : refuse(RefusalCode.COMMAND_ID_REUSED, command.commandId());
        }
        return switch (command) {
            case Command.RecordDeposit it -> record(signer, it, it.consignmentId(), it.evidence(), overlay);
            case Command.RecordPaid it -> record(signer, it, it.consignmentId(), it.evidence(), overlay);
            case Command.Accept it -> {
                Amount wanted = it.part().amount();
                yield decided(signer, it, known(overlay, it.consignmentId()), wanted, true);
            }
            case Command.Refund it -> decided(signer, it, known(overlay, it.consignmentId()), null, false);
            default -> throw new IllegalArgumentException("no simulated run sends " + command);
        };
    }

    private Object record(
            PartyId signer,
            Command command,
            ConsignmentId id,
            Evidence evidence,
            Map<ConsignmentId, Consignment> overlay) {
        Evidence.Seen seen = evidence.seen();
        CommandId before = idOfFact.putIfAbsent(log(seen), command.commandId());
        if (before != null && !before.equals(command.commandId())) {
            violations.add("one log came under two command ids: " + before + " and " + command.commandId());
        }
        Consignment now = known(overlay, id);
        if (used.contains(log(seen))) {
            return refuse(RefusalCode.EVIDENCE_USED, log(seen));
        }
        if (!hasQuorum(evidence)) {
            return refuse(RefusalCode.EVIDENCE_UNKNOWN_ATTESTER, evidence.signatures());
        }
        Ledgered money = now.money();
        if (seen.kind() == Evidence.Kind.DEPOSIT && !money.deposited().isZero()) {
            return refuse(RefusalCode.ALREADY_DEPOSITED, id);
        }
        Ledgered after = seen.kind() == Evidence.Kind.DEPOSIT
                ? of(seen.deposited(), seen.deposited(), money, Amount.ZERO, Amount.ZERO)
                : of(money.deposited(), money.held(), money, seen.gross(), seen.payer());
        return new Write(with(now, after), now.version(), evidence, receiptOf(signer, command, null));
    }

    private static Ledgered of(Amount deposited, Amount held, Ledgered money, Amount paidGross, Amount paidBuyer) {
        return new Ledgered(
                deposited,
                held,
                money.gross(),
                money.merchant(),
                money.fee(),
                money.referrer(),
                money.buyer(),
                paidGross,
                paidBuyer,
                money.decisions());
    }

    private Object decided(
            PartyId signer, Command command, Consignment now, @Nullable Amount wanted, boolean toMerchant) {
        Ledgered money = now.money();
        Amount amount = wanted == null ? money.held() : wanted;
        if (amount.isZero() || amount.isMoreThan(money.held())) {
            return refuse(RefusalCode.AMOUNT_TOO_LARGE, amount);
        }
        Amount gross = toMerchant ? money.gross().plus(amount) : money.gross();
        Amount buyer = toMerchant ? money.buyer() : money.buyer().plus(amount);
        List<Decision> decisions = new ArrayList<>(money.decisions());
        decisions.add(new Decision(decisions.size() + 1, "simulated", gross, buyer, Instant.EPOCH));
        Ledgered after = new Ledgered(
                money.deposited(),
                money.held().minus(amount),
                gross,
                gross,
                Amount.ZERO,
                Amount.ZERO,
                buyer,
                money.paidGross(),
                money.paidBuyer(),
                decisions);
        return new Write(with(now, after), now.version(), null, receiptOf(signer, command, null));
    }

    /** Carries it out unless what it read has changed. */
    boolean commit(Effect effect) {
        Map<ConsignmentId, Long> versions = new HashMap<>();
        for (Write write : effect.writes) {
            long now = versions.getOrDefault(
                    write.after.id(), known(consignments, write.after.id()).version());
            boolean stale = now != write.readVersion
                    || receipts.containsKey(key(write.receipt.by(), write.receipt.commandId()))
                    || (write.evidence != null && used.contains(log(write.evidence.seen())));
            if (stale) {
                return false;
            }
            versions.put(write.after.id(), write.after.version());
        }
        Map<ConsignmentId, Consignment> after = new LinkedHashMap<>(consignments);
        effect.writes.forEach(write -> {
            after.put(write.after.id(), write.after);
            receipts.put(key(write.receipt.by(), write.receipt.commandId()), write.receipt);
            if (write.evidence != null) {
                used(write.evidence.seen());
            }
        });
        consignments = after;
        Receipt batch = effect.batch;
        if (batch != null) {
            receipts.putIfAbsent(key(batch.by(), batch.commandId()), batch);
        }
        return true;
    }

    private void used(Evidence.Seen seen) {
        used.add(log(seen));
        if (!isFinal.test(seen)) {
            violations.add("the ledger took evidence of what no final block shows: " + seen);
        }
    }

    private boolean hasQuorum(Evidence evidence) {
        byte[] digest = EscrowTypes.seenDigest(market.ledger(), evidence.seen());
        Set<EthAddress> signers = VirtualSignatures.signers(
                digest,
                evidence.signatures().stream()
                        .map(signature -> HexFormat.of().parseHex(signature, 2, signature.length()))
                        .toList());
        return signers.size() >= market.quorum()
                && market.requiredAttesters().stream().anyMatch(each -> signers.contains(each.address()));
    }

    private static Consignment with(Consignment now, Ledgered money) {
        return new Consignment(
                now.id(),
                now.orderId(),
                now.buyer(),
                now.merchant(),
                now.asset(),
                now.termsHash(),
                now.escrowId(),
                now.version() + 1,
                now.goods(),
                money,
                now.deadlines(),
                now.dispute(),
                now.carrier(),
                now.items(),
                now.returning(),
                now.acceptedLines(),
                now.refundedLines(),
                money.held().isZero());
    }

    private static Consignment known(Map<ConsignmentId, Consignment> all, ConsignmentId id) {
        return Objects.requireNonNull(all.get(id), "everything was placed at the start");
    }

    private static Refusal refuse(RefusalCode code, Object what) {
        return new Refusal(code, what.toString());
    }

    private static Receipt receiptOf(PartyId signer, Request request, @Nullable DomainEvent event) {
        return new Receipt(
                request.commandId(),
                signer,
                content(request),
                event == null ? "" : Json.MAPPER.writeValueAsString(event));
    }

    private static DomainEvent event(PartyId signer, Request request, List<DomainEvent.Part> parts) {
        return new DomainEvent(
                "simulated",
                CommandName.of(request.getClass()),
                request.commandId(),
                signer,
                "PlatformMSP",
                Instant.EPOCH,
                null,
                null,
                List.of(),
                parts);
    }

    private static Digest content(Request request) {
        return Digest.sha256(CanonicalJson.bytes(request));
    }

    private static String key(PartyId party, CommandId id) {
        return party.value() + " " + id.value();
    }

    private static String log(Evidence.Seen seen) {
        return seen.transaction() + " " + seen.logIndex();
    }
}
