package io.clearmarket.gateway.ownership;

import io.clearmarket.chaincode.api.Epc;
import io.clearmarket.gateway.identity.Secrets;
import io.clearmarket.gateway.ownership.Transfer.Status;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.ErrorResponseException;

/**
 * Owners' offers to hand an item on. This gateway brings the two sides together and no more: the taker's key signs the hand-over, the
 * owner's key the transaction that records it. What has become of it is asked of the ledger each time.
 */
@Service
class Transfers {
    private static final Duration USUAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MOST_TAKERS = 5;
    private static final Set<Status> ENDED = Set.of(Status.DONE, Status.WITHDRAWN, Status.EXPIRED, Status.GONE);

    private final TransferStore store;
    private final HeldItems items;
    private final WordCheck check;

    Transfers(TransferStore store, HeldItems items, WordCheck check) {
        this.store = store;
        this.items = items;
        this.check = check;
    }

    /** The owner's transfer of this item that has not ended, or a new one. */
    @Transactional
    public Transfer open(PartyId owner, Epc epc, @Nullable Instant expiresAt) {
        items.requireFree(owner, epc);
        Transfer known = current(owner, epc);
        if (known != null) {
            return known;
        }
        Instant now = Instant.now();
        Instant end = expiresAt == null ? now.plus(USUAL) : expiresAt;
        if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST))) {
            throw OwnershipProblem.invalid(
                    "expiresAt is " + end, "an instant in the next " + LONGEST.toDays() + " days");
        }
        Transfer made = new Transfer(Secrets.random(), epc, owner, end, false, null, List.of());
        store.insert(made);
        return made;
    }

    /** The owner's transfer of this item that has not ended. */
    @Nullable
    Transfer current(PartyId owner, Epc epc) {
        return store.of(owner, epc).stream()
                .filter(transfer -> !ENDED.contains(status(transfer)))
                .findFirst()
                .orElse(null);
    }

    Transfer get(String id) {
        return store.find(id).orElseThrow(OwnershipProblem::unknownTransfer);
    }

    /** The same, for its owner. */
    Transfer get(String id, @Nullable PartyId owner) {
        return owned(get(id), owner);
    }

    Status status(Transfer transfer) {
        if (transfer.withdrawn()) {
            return Status.WITHDRAWN;
        }
        if (transfer.words().stream().anyMatch(word -> items.isRecorded(word.handOver()))) {
            return Status.DONE;
        }
        if (!items.isWith(transfer.owner(), transfer.epc())) {
            return Status.GONE;
        }
        if (transfer.chosen() != null) {
            return Status.CHOSEN;
        }
        if (Instant.now().isAfter(transfer.expiresAt())) {
            return Status.EXPIRED;
        }
        return transfer.words().isEmpty() ? Status.OPEN : Status.WANTED;
    }

    /** Refuses unless this party may still ask for it, or did and may see what became of it. */
    void requireOpenTo(PartyId taker, Transfer transfer) {
        Status status = status(transfer);
        boolean asked = transfer.wordOf(taker).isPresent();
        boolean others = transfer.chosen() != null && !taker.equals(transfer.chosen());
        if (others || (status == Status.DONE && !asked)) {
            throw OwnershipProblem.conflict(
                    "TRANSFER_TAKEN", "the owner said yes to somebody else", "ask the owner for another link");
        }
        if (status != Status.DONE) {
            requireNotEnded(status);
        }
    }

    /** Keeps a taker's word for the owner. A word that they gave before stands. */
    @Transactional
    public Transfer give(String id, Transfer.Word word) {
        Transfer transfer = store.lock(id).orElseThrow(OwnershipProblem::unknownTransfer);
        requireOpenTo(word.party(), transfer);
        if (transfer.wordOf(word.party()).isPresent()) {
            return transfer;
        }
        items.requireFree(transfer.owner(), transfer.epc());
        check.require(word, transfer);
        if (transfer.words().size() >= MOST_TAKERS) {
            throw OwnershipProblem.conflict(
                    "TOO_MANY_TAKERS",
                    MOST_TAKERS + " have asked for it already",
                    "ask the owner to call this transfer off and to make another");
        }
        store.give(id, word);
        return get(id);
    }

    /** The owner says yes to one of those who asked; from then on nobody else can. */
    @Transactional
    public Transfer choose(String id, @Nullable PartyId owner, PartyId taker) {
        Transfer transfer = owned(store.lock(id).orElseThrow(OwnershipProblem::unknownTransfer), owner);
        if (taker.equals(transfer.chosen())) {
            return transfer;
        }
        if (transfer.chosen() != null) {
            throw OwnershipProblem.conflict(
                    "TRANSFER_TAKEN",
                    "you said yes to " + transfer.chosen(),
                    "call this transfer off and make another, while the ledger has no hand-over");
        }
        requireNotEnded(status(transfer));
        items.requireFree(transfer.owner(), transfer.epc());
        if (transfer.wordOf(taker).isEmpty()) {
            throw OwnershipProblem.conflict(
                    "UNKNOWN_TAKER", taker + " has not asked for it", "one of the takers that the transfer shows");
        }
        store.choose(id, taker);
        return get(id);
    }

    /** The owner calls it off; once the hand-over is on the ledger it is too late. */
    @Transactional
    public void withdraw(String id, @Nullable PartyId owner) {
        Transfer transfer = owned(store.lock(id).orElseThrow(OwnershipProblem::unknownTransfer), owner);
        if (status(transfer) == Status.DONE) {
            throw ended(Status.DONE);
        }
        store.withdraw(id);
    }

    private static Transfer owned(Transfer transfer, @Nullable PartyId owner) {
        if (!transfer.owner().equals(owner)) {
            throw OwnershipProblem.unknownTransfer();
        }
        return transfer;
    }

    private static void requireNotEnded(Status status) {
        if (ENDED.contains(status)) {
            throw ended(status);
        }
    }

    private static ErrorResponseException ended(Status status) {
        String why = switch (status) {
            case DONE -> "the item was handed over";
            case WITHDRAWN -> "its owner called it off";
            case EXPIRED -> "its time ran out";
            case GONE -> "the item is no longer with who offered it";
            case OPEN, WANTED, CHOSEN -> throw new IllegalArgumentException(status + " is no end");
        };
        return OwnershipProblem.conflict("TRANSFER_" + status, why, "whoever has the item can make another transfer");
    }
}
