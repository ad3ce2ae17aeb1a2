package io.clearmarket.gateway.pages.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.privacy.PrivateField;
import io.clearmarket.wallet.identity.PartyId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a form's command: the same fields make the same command, so that sending them twice is one command. What it must be to be legal is not
 * asked here; the chaincode says.
 *
 * @param party who acts
 */
record Drafting(PartyId party, Consignment now, Terms terms, Typed typed) {
    private static final long DAY = Duration.ofDays(1).toSeconds();
    private static final int LONGEST_TEXT = 2_000;

    /** @throws FormFault if the fields make no command */
    Draft draft(Act act) {
        try {
            return switch (act) {
                case SHIP -> Shipment.draft(this);
                case REFUND -> refund();
                case CANCEL -> Draft.of(new Command.Cancel(commandId(), now.id(), version()));
                case CANCEL_FUNDED -> Draft.of(new Command.CancelFunded(commandId(), now.id(), version()), held());
                case CONTEST_RETURN, SUBMIT_EVIDENCE, APPEAL -> withReason(act);
                case OFFER_SPLIT -> offerSplit();
                case ACCEPT_OFFER -> acceptOffer();
                case WITHDRAW_OFFER -> Draft.of(new Command.WithdrawOffer(commandId(), now.id(), version()), held());
                case OPEN_CASE -> openCase();
                case ANSWER_CASE -> answerCase();
                case ANSWER_REVIEW -> answerReview();
            };
        } catch (IllegalArgumentException invalid) {
            throw new FormFault("act.fault.value", invalid.getMessage());
        }
    }

    CommandId commandId() {
        return new CommandId("console-" + typed.text(Typed.KEY));
    }

    long version() {
        return number(Typed.VERSION);
    }

    private Amount held() {
        return now.money().held();
    }

    private Draft refund() {
        Command.Part part = switch (typed.text("part")) {
            case "all" -> Command.Part.ALL;
            case "lines" -> new Command.Part(null, lines());
            case "amount" -> new Command.Part(amount("amount"), List.of());
            default -> throw new FormFault("act.fault.part", null);
        };
        Amount back = part.amount() != null ? part.amount() : part.lines().isEmpty() ? held() : sum(part.lines());
        Amount left = back.isMoreThan(held()) ? Amount.ZERO : held().minus(back);
        return Draft.of(new Command.Refund(commandId(), now.id(), version(), part), back, left);
    }

    private List<Integer> lines() {
        List<Integer> lines = typed.all("line").stream()
                .map(text -> parse("line", text))
                .map(Math::toIntExact)
                .toList();
        if (lines.isEmpty()) {
            throw new FormFault("act.fault.lines", null);
        }
        return lines;
    }

    private Amount sum(List<Integer> lines) {
        return terms.lines().stream()
                .filter(line -> lines.contains(line.line()))
                .map(Terms.Line::amount)
                .reduce(Amount.ZERO, Amount::plus);
    }

    private Draft withReason(Act act) {
        String known = typed.text(Typed.DOCUMENT);
        String words = typed.text("reason");
        if (known.isEmpty() == words.isEmpty()) {
            throw new FormFault("act.fault.reason", null);
        }
        byte[] salted = (words + "\n" + typed.text(Typed.SALT) + "\n").getBytes(UTF_8);
        Digest reason = known.isEmpty() ? Digest.sha256(salted) : new Digest(known);
        Draft.@Nullable Brought document = known.isEmpty() ? new Draft.Brought(salted, "text/plain") : null;
        Command command = switch (act) {
            case APPEAL -> new Command.Appeal(commandId(), now.id(), version(), reason);
            case SUBMIT_EVIDENCE ->
                new Command.SubmitEvidence(commandId(), now.id(), Math.toIntExact(number("number")), reason);
            default -> new Command.ContestReturn(commandId(), now.id(), version(), reason);
        };
        return Draft.of(command, document, held());
    }

    private Draft offerSplit() {
        Amount mine = amount("mine");
        if (mine.isMoreThan(held())) {
            throw new FormFault("act.fault.split", mine.toString());
        }
        Amount theirs = held().minus(mine);
        return Draft.of(new Command.OfferSplit(commandId(), now.id(), version(), mine, theirs), mine, theirs);
    }

    /** The proposal that was read, and no other that may have taken its place. */
    private Draft acceptOffer() {
        Consignment.Offer offer = Offered.offerOfOther(party, now)
                .filter(found -> found.digest(now.id()).hex().equals(typed.text("offer")))
                .orElseThrow(() -> new FormFault("act.fault.offer", null));
        Command command = new Command.AcceptOffer(commandId(), now.id(), version(), offer.digest(now.id()));
        return Draft.of(command, offer.toMerchant(), offer.toBuyer());
    }

    private Draft openCase() {
        Command.CaseKind kind =
                typed.text("kind").equals("COMPLAINT") ? Command.CaseKind.COMPLAINT : Command.CaseKind.QUESTION;
        PrivateField text = words("case.text");
        long days = number("days");
        int number = Math.toIntExact(number("number"));
        Command command = new Command.OpenCase(
                commandId(), now.id(), number, kind, text.commitment(), Math.multiplyExact(days, DAY));
        return new Draft(command, List.of(days), List.of(), null, text);
    }

    private Draft answerCase() {
        PrivateField text = words("case.text");
        int number = Math.toIntExact(number("number"));
        Command command = new Command.AnswerCase(commandId(), now.id(), number, text.commitment());
        return new Draft(command, List.of(number), List.of(), null, text);
    }

    private Draft answerReview() {
        PrivateField text = words("review.answer");
        int line = Math.toIntExact(number("line"));
        Command command = new Command.AnswerReview(commandId(), now.id(), line, text.commitment());
        return new Draft(command, List.of(line), List.of(), null, text);
    }

    private PrivateField words(String path) {
        String text = typed.text("text");
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            throw new FormFault("act.fault.text", null);
        }
        return new PrivateField(path, typed.text(Typed.SALT), text);
    }

    private Amount amount(String field) {
        return Amount.parse(typed.text(field));
    }

    private long number(String field) {
        return parse(field, typed.text(field));
    }

    private static long parse(String field, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidValue(field, text, "a whole number");
        }
    }
}
