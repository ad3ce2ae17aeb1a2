package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Command.LineItems;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Deadlines;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.Consignment.Ledgered;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.moves.Timer;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The next state of a consignment while a decision makes it: one version on, everything else as it was until set. */
final class Next {
    private final Consignment before;
    private Asset asset;
    private Digest termsHash;
    private Digest escrowId;
    private Goods goods;
    private Ledgered money;
    private Deadlines deadlines;
    private @Nullable Dispute dispute;
    private @Nullable PartyId carrier;
    private List<LineItems> items;
    private List<LineItems> returning;
    private List<Integer> acceptedLines;
    private List<Integer> refundedLines;
    private boolean closed;

    Next(Consignment before) {
        this.before = before;
        asset = before.asset();
        termsHash = before.termsHash();
        escrowId = before.escrowId();
        goods = before.goods();
        money = before.money();
        deadlines = before.deadlines();
        dispute = before.dispute();
        carrier = before.carrier();
        items = before.items();
        returning = before.returning();
        acceptedLines = before.acceptedLines();
        refundedLines = before.refundedLines();
        closed = before.closed();
    }

    /** Other terms: what they settle in, their hash, and the escrow that they make. */
    Next terms(Asset inAsset, Digest hash, Digest escrow) {
        asset = inAsset;
        termsHash = hash;
        escrowId = escrow;
        return this;
    }

    Next goods(Goods now) {
        goods = now;
        return this;
    }

    /** Sets the money; when a deposit was made and nothing is held any more, the consignment closes. */
    Next money(Ledgered now) {
        money = now;
        return now.held().isZero() ? close() : this;
    }

    /** Ends every timer and starts this one. */
    Next start(Timer timer, Instant now, Terms terms) {
        deadlines = timer.startedAt(now, terms);
        return this;
    }

    /** Ends every timer and lets this one run out now: what waits for it is legal once the grace is over. */
    Next runOut(Timer timer, Instant now) {
        deadlines = timer.until(now, before.deadlines().stopDate());
        return this;
    }

    /** Sets money that moved beside a dispute: offers of the old sum are gone, and rulings are put right. */
    Next moneyBesideDispute(Ledgered now) {
        dispute = dispute == null || now.held().equals(money.held()) ? dispute : Rulings.putRight(dispute, money, now);
        return money(now);
    }

    Next dispute(Dispute now) {
        dispute = now;
        return this;
    }

    Next shipped(PartyId by, List<LineItems> what) {
        carrier = by;
        items = what;
        return this;
    }

    /** The carrier that is to bring the goods back. */
    Next returnedBy(PartyId by) {
        carrier = by;
        return this;
    }

    Next returning(List<LineItems> what) {
        returning = what;
        return this;
    }

    Next accepted(Collection<Integer> lines) {
        acceptedLines = merged(acceptedLines, lines);
        return this;
    }

    Next refunded(Collection<Integer> lines) {
        refundedLines = merged(refundedLines, lines);
        return this;
    }

    /** No timer runs any more; of a dispute only a ruling stays on record. */
    Next close() {
        closed = true;
        deadlines = Timer.none(before.deadlines().stopDate());
        if (dispute != null && dispute.ruling() == null) {
            dispute = null;
        }
        return this;
    }

    Consignment build() {
        return new Consignment(
                before.id(),
                before.orderId(),
                before.buyer(),
                before.merchant(),
                asset,
                termsHash,
                escrowId,
                Math.addExact(before.version(), 1),
                goods,
                money,
                deadlines,
                dispute,
                carrier,
                items,
                returning,
                acceptedLines,
                refundedLines,
                closed);
    }

    private static List<Integer> merged(List<Integer> before, Collection<Integer> more) {
        return Stream.concat(before.stream(), more.stream()).sorted().toList();
    }
}
