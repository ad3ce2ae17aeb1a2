package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Batch;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.Commitment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.gateway.client.Actor;
import io.clearmarket.gateway.client.ApiProblem;
import io.clearmarket.gateway.client.MarketClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One order on its way through the system. Every command has an id that follows from the order, so doing it again after a
 * crash has no second effect. The mapping is stated in docs/replay.md.
 */
final class OrderReplay {
    /**
     * What all orders share.
     *
     * @param patience how long a settlement may take
     */
    record Market(
            MarketClient client,
            Actors actors,
            Actor carrier,
            Gathered deliveries,
            Seed seed,
            TermsWriter terms,
            Deposits deposits,
            ConsignmentWatch watch,
            Duration patience,
            Tally tally) {}

    private final Market market;
    private final Olist.Order order;
    private final OrderId id;

    OrderReplay(Market market, Olist.Order order) {
        this.market = market;
        this.order = order;
        this.id = new OrderId(order.id());
    }

    /** Drives the order as far as the shop's records say it went, and waits until its money is where it belongs. */
    void run() {
        Actor buyer = market.actors().buyer(order.customer());
        if (order.lines().isEmpty()) {
            refuseWithoutLines(buyer);
            return;
        }
        countOddities();
        List<Part> parts = parts(buyer);
        parts.forEach(part -> market.watch().expect(part.id()));
        try {
            // minted while the order is being placed
            List<CompletableFuture<Void>> minted = parts.stream()
                    .map(part -> market.deposits().mint(part.terms()))
                    .toList();
            long block = place(buyer, parts);
            boolean streamed = market.watch().awaitBlock(block);
            minted.forEach(Collected::await);
            parts.forEach(part -> market.deposits().deposit(part.terms(), buyer));
            parts.forEach(part -> drive(part, streamed));
            conclude(buyer, parts);
            parts.forEach(part -> awaitPaid(part, streamed));
        } finally {
            parts.forEach(part -> market.watch().forget(part.id()));
        }
        market.tally().done("orders, " + order.status().name().toLowerCase(Locale.ROOT));
    }

    /** A consignment of this order with the people and pieces in it. */
    private record Part(Terms terms, Actor merchant, List<Olist.Line> sold, List<Command.LineItems> items) {
        ConsignmentId id() {
            return terms.consignmentId();
        }

        List<String> epcs() {
            return items.stream().flatMap(line -> line.epcs().stream()).toList();
        }
    }

    private void refuseWithoutLines(Actor buyer) {
        market.client().execute(buyer, market.actors().registration(buyer));
        expectRefusal(
                "orders without lines",
                () -> market.client().execute(buyer, new Command.PlaceOrder(command("place"), id, List.of())));
        for (Olist.Review review : order.reviews()) {
            expectRefusal("reviews of orders without lines", () -> review(buyer, review));
        }
    }

    private void countOddities() {
        long difference = order.paymentDifference();
        if (difference != 0) {
            market.tally().odd("payments differ from the lines; the lines' total is deposited");
            market.tally().paymentsDiffer(difference);
        }
        if (order.payments().size() > 1) {
            market.tally().odd("several payments; one deposit of the lines' total");
        }
        if (order.reviews().size() > 1) {
            market.tally().odd("several reviews; the first is tried first, the others are refused");
        }
        if (order.status() == Olist.Status.DELIVERED && order.delivered() == null) {
            market.tally().odd("delivered without a date; the hand-over to the carrier dates the event");
        }
    }

    private List<Part> parts(Actor buyer) {
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, List<Olist.Line>> sold : order.linesBySeller().entrySet()) {
            Actor merchant = market.actors().merchant(sold.getKey());
            Terms terms = market.terms().write(id, parts.size() + 1, side(buyer), side(merchant), sold.getValue());
            parts.add(new Part(terms, merchant, sold.getValue(), items(terms, sold.getValue())));
        }
        return parts;
    }

    /** Places the order, by which the buyer registers as well, and returns its block. */
    private long place(Actor buyer, List<Part> parts) {
        List<SignedTerms> signed = parts.stream()
                .map(part -> new SignedTerms(
                        part.terms(), signature(buyer, part.terms()), signature(part.merchant(), part.terms())))
                .toList();
        long block = market.client()
                .execute(
                        buyer,
                        inOneGo(
                                "place-order",
                                market.actors().registration(buyer),
                                new Command.PlaceOrder(command("place"), id, signed)))
                .block();
        market.tally().done("orders placed");
        return block;
    }

    private List<Command.LineItems> items(Terms terms, List<Olist.Line> sold) {
        List<Command.LineItems> items = new ArrayList<>();
        for (int i = 0; i < sold.size(); i++) {
            Terms.Line line = terms.lines().get(i);
            String serial = order.id().substring(0, 16) + "-" + sold.get(i).number();
            items.add(new Command.LineItems(line.line(), List.of(Gs1.item(line.gtin(), serial))));
        }
        return items;
    }

    /** Several commands of the same signer, all or none of them. */
    private Batch inOneGo(String name, Command... commands) {
        return new Batch(
                command(name),
                Batch.Mode.ALL_OR_NOTHING,
                Stream.of(commands).map(Batch.Step::of).toList());
    }

    private void drive(Part part, boolean streamed) {
        market.watch()
                .await(part.id(), streamed, "funded", now -> !deposited(now).equals("0"), market.patience());
        market.tally().done("consignments funded");
        switch (order.status()) {
            case DELIVERED -> {
                ship(part);
                deliver(part);
            }
            case SHIPPED -> ship(part);
            case CANCELED, UNAVAILABLE -> giveBack(part);
            case CREATED, APPROVED, INVOICED, PROCESSING -> market.tally().done("consignments left open");
        }
    }

    private void ship(Part part) {
        Instant at = order.handedToCarrier() == null ? orderTime() : order.handedToCarrier();
        ItemEvents.Documented shipped =
                ItemEvents.shipped(part.epcs(), at, part.sold().getFirst().sellerState());
        market.client()
                .execute(
                        part.merchant(),
                        new Command.Ship(
                                command("ship", part),
                                part.id(),
                                2,
                                part.items(),
                                market.carrier().party(),
                                shipped.event()),
                        List.of(shipped.document()));
        market.tally().done("consignments shipped");
    }

    private void deliver(Part part) {
        Instant handedOver = order.handedToCarrier() == null ? orderTime() : order.handedToCarrier();
        Instant at = order.delivered() == null ? handedOver.plusSeconds(1) : order.delivered();
        ItemEvents.Documented received = ItemEvents.received(part.epcs(), at, order.customerState());
        market.deliveries()
                .execute(
                        new Command.Deliver(command("deliver", part), part.id(), 3, received.event()),
                        received.document());
        market.tally().done("consignments delivered");
    }

    /** What was delivered is accepted and reviewed in one go; what else was said of the order is tried and refused. */
    private void conclude(Actor buyer, List<Part> parts) {
        List<Olist.Review> reviews = order.reviews();
        if (order.status() != Olist.Status.DELIVERED) {
            reviews.forEach(review -> expectRefusal("reviews of orders not delivered", () -> review(buyer, review)));
            return;
        }
        List<Command> commands = new ArrayList<>();
        parts.forEach(
                part -> commands.add(new Command.Accept(command("accept", part), part.id(), 4, Command.Part.ALL)));
        reviews.stream().limit(1).forEach(review -> commands.add(reviewed(review)));
        market.client()
                .execute(
                        buyer,
                        commands.size() == 1
                                ? commands.getFirst()
                                : inOneGo("accept-and-review", commands.toArray(Command[]::new)));
        parts.forEach(part -> market.tally().done("consignments accepted"));
        reviews.stream().limit(1).forEach(review -> market.tally().done("reviews recorded"));
        reviews.stream()
                .skip(1)
                .forEach(review -> expectRefusal("further reviews of an order", () -> review(buyer, review)));
    }

    /** Cancelled before shipping: the merchant calls it off. Cancelled on the way: shipped, delivered if so, refunded. */
    private void giveBack(Part part) {
        if (order.handedToCarrier() == null) {
            market.client().execute(part.merchant(), new Command.CancelFunded(command("cancel", part), part.id(), 2));
        } else {
            ship(part);
            long version = 3;
            if (order.delivered() != null) {
                deliver(part);
                version = 4;
            }
            market.client()
                    .execute(
                            part.merchant(),
                            new Command.Refund(command("refund", part), part.id(), version, Command.Part.ALL));
        }
        market.tally().done("consignments refunded");
    }

    private void awaitPaid(Part part, boolean streamed) {
        switch (order.status()) {
            case DELIVERED, CANCELED, UNAVAILABLE -> {
                market.watch().await(part.id(), streamed, "paid", OrderReplay::isPaid, market.patience());
                market.tally().done("consignments paid out on the chain");
            }
            case SHIPPED, CREATED, APPROVED, INVOICED, PROCESSING -> {
                // its money stays in escrow
            }
        }
    }

    private void review(Actor buyer, Olist.Review review) {
        market.client().execute(buyer, reviewed(review));
    }

    /** An Olist review is about the whole order; it is recorded on the first line of the first consignment. */
    private Command reviewed(Olist.Review review) {
        return new Command.RecordReview(
                command("review-" + review.id()), ConsignmentId.of(id, 1), 1, review.score(), commitment(review));
    }

    private Digest commitment(Olist.Review review) {
        return Commitment.of(
                market.seed().bytes("review:" + review.id() + ":" + order.id()),
                "review.text",
                review.title() + "\n" + review.message());
    }

    private void expectRefusal(String what, Runnable attempt) {
        try {
            attempt.run();
            market.tally().failed(order.id(), what, "was accepted, but must be refused");
        } catch (ApiProblem problem) {
            if (problem.status() >= 500) {
                throw problem;
            }
            market.tally().refused(what, problem.code());
        }
    }

    private Instant orderTime() {
        return order.approved() == null ? order.purchased() : order.approved();
    }

    private CommandId command(String step) {
        return new CommandId(order.id() + ":" + step);
    }

    private CommandId command(String step, Part part) {
        return new CommandId(part.id() + ":" + step);
    }

    private static String deposited(JsonNode consignment) {
        return consignment.path("money").path("deposited").asString("0");
    }

    private static boolean isPaid(JsonNode consignment) {
        JsonNode money = consignment.path("money");
        return money.path("held").asString("").equals("0")
                && money.path("gross").equals(money.path("paidGross"))
                && money.path("buyer").equals(money.path("paidBuyer"));
    }

    private static TermsWriter.Side side(Actor actor) {
        return new TermsWriter.Side(actor.party(), actor.address().address());
    }

    /** Deterministic, so that a replay that goes on repeats the very same command. */
    private static String signature(Actor actor, Terms terms) {
        return Base64.getEncoder().encodeToString(Seed.sign(actor.identity().privateKey(), terms.canonicalBytes()));
    }
}
