package io.clearmarket.gateway.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Request;
import io.clearmarket.gateway.fabric.BlockListener;
import io.clearmarket.gateway.fabric.BlockStream;
import io.clearmarket.gateway.fabric.CommitListener;
import io.clearmarket.gateway.fabric.CommitListener.Commit;
import io.clearmarket.gateway.fabric.Endorsed;
import io.clearmarket.gateway.fabric.LedgerClient;
import io.clearmarket.gateway.fabric.LedgerFailure;
import io.clearmarket.gateway.fabric.Prepared;
import io.clearmarket.gateway.fabric.TransactionContent;
import io.clearmarket.gateway.settlement.attester.Decided;
import io.clearmarket.gateway.testing.Chaos;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Fabric network in virtual time: endorsement, an orderer that may be slow, lose what it got or order it twice, blocks in which a
 * transaction is void if what it read has changed, and readers that lag. What commands do is {@link VirtualRules}.
 */
final class VirtualLedger implements LedgerClient, BlockStream {
    private static final double LOST = 0.04;
    private static final double SLOW = 0.1;
    private static final int SLOWEST = 9_000;

    private record Proposal(String transactionId, PartyId creator, Request command) {}

    private record Ordered(int endorsement, Instant readyAt) {}

    private record Endorsement(Proposal proposal, VirtualRules.Effect effect) {}

    /** A block: what became of its transactions, and the consignments after it. */
    private record Block(List<Commit> commits, Map<ConsignmentId, Consignment> after) {}

    private final Chaos chaos;
    private final Clock clock;
    private final VirtualRules rules;
    private final List<Proposal> proposals = new ArrayList<>();
    private final List<Endorsement> endorsements = new ArrayList<>();
    private final List<Ordered> queue = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Set<String> committed = new HashSet<>();
    private @Nullable CommitListener listener;
    private long delivered;
    private int readerLag;

    VirtualLedger(Chaos chaos, Clock clock, VirtualRules rules) {
        this.chaos = chaos;
        this.clock = clock;
        this.rules = rules;
        blocks.add(new Block(List.of(), rules.consignments()));
    }

    VirtualRules rules() {
        return rules;
    }

    private void asked() {
        chaos.point("asking the ledger");
        if (chaos.happens(LOST)) {
            throw new LedgerFailure.Unavailable("a question or its answer was lost", null);
        }
    }

    @Override
    public Prepared prepare(Identity creator, String function, List<String> arguments) {
        Request command = Json.MAPPER.readValue(
                arguments.getFirst(), CommandName.requestTypes().get(function));
        byte[] number = Integer.toString(proposals.size()).getBytes(UTF_8);
        String transactionId = "tx" + proposals.size();
        proposals.add(new Proposal(transactionId, creator.partyId(), command));
        return new Prepared(transactionId, number, Digest.sha256(number));
    }

    @Override
    public Endorsed endorse(byte[] proposal, byte[] signature) {
        asked();
        Proposal asked = proposals.get(Integer.parseInt(new String(proposal, UTF_8)));
        VirtualRules.Effect effect = rules.decide(asked.creator, asked.command);
        Refusal refusal = effect.refusal();
        if (refusal != null) {
            throw new LedgerFailure.Refused(refusal, null);
        }
        byte[] number = Integer.toString(endorsements.size()).getBytes(UTF_8);
        endorsements.add(new Endorsement(asked, effect));
        asked();
        return new Endorsed(asked.transactionId, number, Digest.sha256(number), new byte[0]);
    }

    @Override
    public void submit(byte[] payload, byte[] signature) {
        asked();
        int number = Integer.parseInt(new String(payload, UTF_8));
        if (!chaos.happens(LOST)) {
            order(number);
        }
        if (chaos.happens(LOST)) {
            order(number);
        }
        asked();
    }

    private void order(int number) {
        Duration delay = chaos.happens(SLOW) ? Duration.ofMillis(chaos.choose(SLOWEST)) : Duration.ZERO;
        queue.add(new Ordered(number, clock.instant().plus(delay)));
    }

    /** Makes a block of what has been ordered. */
    void cutBlock() {
        List<Ordered> ready = queue.stream()
                .filter(ordered -> chaos.isOver() || !ordered.readyAt.isAfter(clock.instant()))
                .toList();
        if (ready.isEmpty()) {
            return;
        }
        queue.removeAll(ready);
        List<Commit> commits = new ArrayList<>();
        for (Ordered ordered : ready) {
            Endorsement endorsement = endorsements.get(ordered.endorsement);
            String id = endorsement.proposal.transactionId;
            String code = committed.add(id)
                    ? rules.commit(endorsement.effect) ? "VALID" : "MVCC_READ_CONFLICT"
                    : "DUPLICATE_TXID";
            commits.add(new Commit(id, commits.size(), code.equals("VALID"), code));
        }
        blocks.add(new Block(commits, rules.consignments()));
    }

    /** Hands new blocks to who follows, unless that is slow today. */
    void deliver() {
        readerLag = chaos.happens(0.5) ? chaos.choose(4) : 0;
        CommitListener following = listener;
        while (following != null && delivered < blocks.size() && !chaos.happens(SLOW)) {
            try {
                following.onCommits(delivered, blocks.get((int) delivered).commits);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            delivered++;
        }
    }

    /** The consignments as a reader sees them, some blocks late. */
    Map<ConsignmentId, Consignment> seenByReader() {
        return blocks.get(Math.max(0, blocks.size() - 1 - readerLag)).after;
    }

    @Override
    public byte[] evaluate(String mspId, String function, List<String> arguments) {
        asked();
        Optional<byte[]> receipt = rules.receipt(new PartyId(arguments.get(1)), new CommandId(arguments.get(2)));
        return receipt.orElseThrow(() ->
                new LedgerFailure.Refused(new Refusal(RefusalCode.UNKNOWN_RECORD, "there is no such receipt"), null));
    }

    /** What is decided on consignments, as an organisation's own peer has it. */
    Map<ConsignmentId, Decided> ask(List<ConsignmentId> ids) {
        asked();
        Map<ConsignmentId, Decided> known = new LinkedHashMap<>();
        rules.consignments().forEach((id, consignment) -> {
            if (ids.contains(id)) {
                Decided.of(consignment).ifPresent(decided -> known.put(id, decided));
            }
        });
        return known;
    }

    @Override
    public Subscription followCommits(String mspId, long fromBlock, CommitListener follower) {
        listener = follower;
        delivered = fromBlock;
        return () -> listener = null;
    }

    @Override
    public Subscription follow(String mspId, long fromBlock, BlockListener follower) {
        throw new UnsupportedOperationException("settlement does not read whole blocks");
    }

    @Override
    public TransactionContent read(byte[] payload) {
        throw new UnsupportedOperationException("nobody submits what a device has signed");
    }

    @Override
    public TransactionContent readProposal(byte[] proposal) {
        throw new UnsupportedOperationException("nobody submits what a device has signed");
    }
}
