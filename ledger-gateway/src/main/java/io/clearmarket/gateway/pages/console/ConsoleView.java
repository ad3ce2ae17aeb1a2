package io.clearmarket.gateway.pages.console;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Records;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.pages.PageProblem;
import io.clearmarket.gateway.privacy.PrivateField;
import io.clearmarket.gateway.privacy.PrivateFields;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.ConsignmentFilter;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.readmodel.Viewer;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What the console shows of a consignment, read in one snapshot. */
@Component
class ConsoleView {
    private final ReadModel readModel;
    private final PrivateFields fields;
    private final Clock clock = Clock.systemUTC();

    ConsoleView(ReadModel readModel, PrivateFields fields) {
        this.readModel = readModel;
        this.fields = fields;
    }

    /**
     * A consignment with all that is said of it.
     *
     * @param acts what can be done now, and the caller's role in the team lets them do
     */
    public record Seen(
            Consignment consignment,
            Terms terms,
            List<Records.Case> cases,
            List<Records.Review> reviews,
            List<Records.Exhibit> exhibits,
            List<Act> acts) {
        /** The next number that no case has. */
        public int nextCase() {
            return cases.stream().mapToInt(Records.Case::number).max().orElse(0) + 1;
        }

        /** The next number that no document of the merchant's for the arbiter has. */
        public int nextExhibit() {
            return exhibits.stream()
                            .filter(exhibit -> exhibit.by().equals(consignment.merchant()))
                            .mapToInt(Records.Exhibit::number)
                            .max()
                            .orElse(0)
                    + 1;
        }
    }

    /** @throws PageProblem where the merchant has no such consignment */
    Answer<Seen> seen(Caller caller, PartyId merchant, String id) {
        ConsignmentId wanted = new ConsignmentId(id);
        return readModel.answer(() -> {
            Consignment now = readModel
                    .consignment(wanted)
                    .filter(found -> found.merchant().equals(merchant))
                    .orElseThrow(() -> new PageProblem(HttpStatus.NOT_FOUND, "problem.consignment.unknown"));
            Terms terms = readModel.terms(wanted).orElseThrow().terms();
            List<Records.Case> cases = readModel.cases(wanted);
            List<Records.Review> reviews = readModel.reviews(wanted);
            List<Act> acts = Offered.of(merchant, now, terms, cases, reviews, clock.instant()).stream()
                    .filter(act -> caller.may(act.command()))
                    .toList();
            return new Seen(now, terms, cases, reviews, readModel.exhibits(wanted), acts);
        });
    }

    /** The carriers that the merchant shipped with of late. */
    List<PartyId> carriers(PartyId merchant) {
        return readModel
                .consignments(new Viewer(false, merchant), ConsignmentFilter.of(merchant), null, ReadModel.MAX_LIMIT)
                .items()
                .stream()
                .map(Consignment::carrier)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** What a case or a review says; null where it was erased or never kept here. */
    @Nullable
    String text(@Nullable Digest commitment) {
        return commitment == null
                ? null
                : fields.find(commitment)
                        .map(PrivateFields.Kept::field)
                        .map(PrivateField::value)
                        .orElse(null);
    }
}
