package io.clearmarket.chaincode.domain;

import static io.clearmarket.chaincode.domain.Bazaar.ARBITER;
import static io.clearmarket.chaincode.domain.Bazaar.BUYER;
import static io.clearmarket.chaincode.domain.Bazaar.CARRIER;
import static io.clearmarket.chaincode.domain.Bazaar.ID;
import static io.clearmarket.chaincode.domain.Bazaar.MERCHANT;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.EpcisRecord.Measured;
import io.clearmarket.chaincode.api.Records.Case;
import io.clearmarket.chaincode.api.Records.Exhibit;
import io.clearmarket.chaincode.api.Records.Recorded;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import io.clearmarket.wallet.identity.PartyId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said in an exploration beside goods and money: an event about all items, which everybody tries to record and to
 * declare in error; three events of the carrier that are there from the start; and a case of every kind.
 */
final class ExplorationEvents {
    static final String SAID = "arriving";

    /** About every item, by whoever comes first. */
    static final EpcisRecord ALL = event('a', SAID, Facts.epc(1), Facts.epc(2)).measuring(degrees(9_000));

    /** About the first line's item only. */
    static final EpcisRecord PART = event('b', SAID, Facts.epc(1)).measuring(degrees(9_000));

    /** Says something that nobody agreed on. */
    static final EpcisRecord OTHER =
            event('c', "departing", Facts.epc(1), Facts.epc(2)).measuring(degrees(9_000));

    /** Says the right thing, of readings that are another condition's. */
    static final EpcisRecord COLD = event('f', SAID, Facts.epc(1), Facts.epc(2)).measuring(degrees(8_000));

    /** Nobody recorded it. */
    static final String UNKNOWN = event('d', SAID, Facts.epc(1)).eventId();

    /** Whose word means something to a condition; all others' means the same, nothing. */
    private static final Set<PartyId> WITNESSES = Set.of(CARRIER.id(), MERCHANT.id(), BUYER.id());

    /**
     * What has become of {@link #ALL}.
     *
     * @param by who recorded it, null if nobody did
     */
    record Told(@Nullable PartyId by, boolean inError) {
        static final Told NOTHING = new Told(null, false);

        /** What conditions can tell apart: one in error proves nothing, even by everybody's witness; nor does one by no witness. */
        static Told of(@Nullable PartyId by, boolean inError) {
            return inError
                    ? new Told(CARRIER.id(), true)
                    : new Told(by == null || WITNESSES.contains(by) ? by : ARBITER.id(), false);
        }
    }

    private ExplorationEvents() {}

    /** True while a condition can be met, now or later: what was told and what conditions decided must be known. */
    static boolean matter(Consignment consignment) {
        return !consignment.closed()
                && Quarrel.of(consignment) == Quarrel.NONE
                && consignment.goods().compareTo(Goods.DELIVERED) <= 0;
    }

    /** The event as somebody records it, and as its recorder declares it in error. */
    static List<Command> told(CommandId id) {
        return List.of(new Command.RecordEvent(id, ALL), new Command.RecordEvent(id, Facts.inError(ALL, Bazaar.START)));
    }

    /** Every way to cite: each event for the conditions that it could meet, and what can't be cited at all. */
    static List<Command.OfConsignment> cited(CommandId id, int conditions) {
        return conditions == 0
                ? List.of(settle(id, 1, ALL.eventId()), freeze(id, 1, ALL.eventId()))
                : List.of(
                        settle(id, 1, ALL.eventId()),
                        settle(id, 1, PART.eventId()),
                        settle(id, 1, OTHER.eventId()),
                        settle(id, 1, COLD.eventId()),
                        settle(id, 1, UNKNOWN),
                        settle(id, 2, ALL.eventId()),
                        settle(id, 2, PART.eventId()),
                        settle(id, 3, ALL.eventId()),
                        settle(id, conditions + 1, ALL.eventId()),
                        freeze(id, 1, ALL.eventId()),
                        freeze(id, 3, ALL.eventId()),
                        freeze(id, 3, PART.eventId()),
                        freeze(id, 3, OTHER.eventId()),
                        freeze(id, 3, COLD.eventId()));
    }

    private static Command.SettleByEvent settle(CommandId id, int condition, String eventId) {
        return new Command.SettleByEvent(id, ID, condition, eventId);
    }

    private static Command.FreezeByEvent freeze(CommandId id, int condition, String eventId) {
        return new Command.FreezeByEvent(id, ID, condition, eventId);
    }

    /** What the ledger has under this id. */
    static @Nullable Recorded recorded(String eventId, Told told) {
        PartyId by = told.by();
        if (eventId.equals(ALL.eventId())) {
            return by == null ? null : new Recorded(ALL, by, "PlatformMSP", Bazaar.START);
        }
        return List.of(PART, OTHER, COLD).stream()
                .filter(event -> event.eventId().equals(eventId))
                .findFirst()
                .map(event -> new Recorded(event, CARRIER.id(), "PlatformMSP", Bazaar.START))
                .orElse(null);
    }

    /** Cases as they can be, by number: asked by the buyer, asked by the merchant, answered; there are no others. */
    static @Nullable Case caseOf(String number) {
        return switch (number) {
            case "1" -> asked(1, BUYER, null);
            case "2" -> asked(2, MERCHANT, null);
            case "3" -> asked(3, BUYER, Digest.ZERO);
            default -> null;
        };
    }

    /** Each side has laid one document before the arbiter. */
    static @Nullable Exhibit exhibit(List<String> id) {
        return id.getLast().equals("1") ? new Exhibit(ID, new PartyId(id.get(1)), 1, Digest.ZERO, Bazaar.START) : null;
    }

    /**
     * A new case, one that is there; every answer; a dispute that cites a case, and one that is not there; a document for the arbiter, and
     * one whose number is taken.
     */
    static List<Command.OfConsignment> cases(CommandId id, long version) {
        return List.of(
                new Command.OpenCase(id, ID, 4, Command.CaseKind.QUESTION, Digest.ZERO, Bazaar.HOUR),
                new Command.OpenCase(id, ID, 1, Command.CaseKind.COMPLAINT, Digest.ZERO, Bazaar.HOUR),
                new Command.AnswerCase(id, ID, 1, Digest.ZERO),
                new Command.AnswerCase(id, ID, 2, Digest.ZERO),
                new Command.AnswerCase(id, ID, 3, Digest.ZERO),
                new Command.AnswerCase(id, ID, 4, Digest.ZERO),
                new Command.OpenDispute(id, ID, version, Digest.ZERO, 1),
                new Command.OpenDispute(id, ID, version, Digest.ZERO, 4),
                new Command.SubmitEvidence(id, ID, 1, Digest.ZERO),
                new Command.SubmitEvidence(id, ID, 2, Digest.ZERO));
    }

    private static Case asked(int number, Person by, @Nullable Digest answer) {
        return new Case(
                ID,
                number,
                Command.CaseKind.QUESTION,
                by.id(),
                Digest.ZERO,
                Bazaar.START,
                Bazaar.START.plusSeconds(Bazaar.HOUR),
                answer,
                answer == null ? null : Bazaar.START);
    }

    private static Measured degrees(long thousandths) {
        return new Measured("Temperature", "CEL", thousandths, thousandths);
    }

    private static EpcisRecord event(char digit, String step, String... epcs) {
        return new EpcisRecord(
                "ni:///sha-256;" + String.valueOf(digit).repeat(64) + "?ver=CBV2.0",
                "ObjectEvent",
                "OBSERVE",
                step,
                null,
                Bazaar.START,
                List.of(epcs),
                null,
                null,
                Digest.ZERO);
    }
}
