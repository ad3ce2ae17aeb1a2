package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.moves.Actor;
import io.clearmarket.chaincode.moves.LegalMove;
import io.clearmarket.chaincode.moves.LegalMove.Closes;
import io.clearmarket.chaincode.moves.LegalMove.Funds;
import io.clearmarket.chaincode.moves.LegalMove.Quarrel;
import io.clearmarket.chaincode.moves.MoveTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** docs/rules.md: the diagrams and the table, from the table that the code runs on. */
final class RulesPage {
    private static final String CLOSED = "CLOSED";

    private RulesPage() {}

    static String text() {
        StringBuilder page = new StringBuilder();
        page.append("""
                # The rules of one consignment

                Generated from `MoveTable`, the table that the chaincode runs on: `RulesPagesTest` fails when this page is stale
                (`-Dclearmarket.pages=write` writes it). Commands in italics are anybody's: only time makes them legal, or evidence.

                ## Goods, while nobody disputes

                """);
        page.append(diagram(goods()));
        page.append("\n## A dispute\n\n");
        page.append(diagram(quarrels()));
        page.append("\n## What is legal when\n\n");
        page.append("| Command | By | Goods | Dispute | Money | Time | Effect |\n|---|---|---|---|---|---|---|\n");
        MoveTable.rows().forEach(row -> page.append(line(row)));
        page.append("""

                ## Commands of the market

                Generated from `Permissions`. A role counts by the certificate, by registration, or by registration while accredited where that is needed and not
                suspended.

                | Command | Roles | Counts by |
                |---|---|---|
                """);
        Permissions.TABLE.forEach(row -> page.append(line(row)));
        return page.toString();
    }

    private static Map<String, Set<String>> goods() {
        Map<String, Set<String>> edges = new TreeMap<>();
        for (LegalMove row : MoveTable.rows()) {
            if (row.quarrels().contains(Quarrel.NONE)) {
                for (Goods from : row.from()) {
                    String next = row.then() != null
                            ? "DISPUTED"
                            : row.to() != null ? row.to().name() : row.closes() == Closes.NEVER ? "" : CLOSED;
                    add(edges, from.name(), next, row);
                }
            }
        }
        return edges;
    }

    private static Map<String, Set<String>> quarrels() {
        Map<String, Set<String>> edges = new TreeMap<>();
        for (LegalMove row : MoveTable.rows()) {
            for (Quarrel from : row.quarrels()) {
                String next = row.then() != null ? row.then().name() : row.closes() == Closes.NEVER ? "" : CLOSED;
                if (from != Quarrel.NONE || row.then() != null) {
                    add(edges, from.name(), next, row);
                }
            }
        }
        return edges;
    }

    private static void add(Map<String, Set<String>> edges, String from, String to, LegalMove row) {
        if (!to.isEmpty()) {
            edges.computeIfAbsent(from + " --> " + to, any -> new TreeSet<>()).add(CommandName.of(row.command()));
        }
    }

    private static String diagram(Map<String, Set<String>> edges) {
        StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        edges.forEach((edge, commands) -> text.append("    ")
                .append(edge)
                .append(": ")
                .append(String.join(", ", commands))
                .append('\n'));
        return text.append("```\n").toString();
    }

    private static String line(LegalMove row) {
        String name = CommandName.of(row.command());
        boolean anybody = row.actors().contains(Actor.ANYBODY);
        List<String> time = new ArrayList<>();
        if (row.due() != null) {
            time.add((row.due().past() ? "30 s after " : "until ") + row.due().timer());
        }
        if (row.startsTimer()) {
            time.add("until the stop date");
        }
        return "| " + (anybody ? "*" + name + "*" : name) + " | " + names(row.actors()) + " | "
                + (row.from().equals(EnumSet.allOf(Goods.class)) ? "any" : names(row.from())) + " | "
                + (row.quarrels().equals(EnumSet.allOf(Quarrel.class)) ? "any" : names(row.quarrels())) + " | "
                + (row.funds() == Funds.DEPOSITED ? "deposited" : "not deposited")
                + (row.whenClosed() ? ", also when closed" : "") + " | " + String.join(", ", time) + " | "
                + row.effect() + " |\n";
    }

    private static String line(Permissions.Permission row) {
        String roles = row.roles().size() == Role.values().length ? "any" : names(row.roles());
        return "| " + CommandName.of(row.command()) + " | " + roles + " | "
                + switch (row.standing()) {
                    case CERTIFIED -> "certificate";
                    case REGISTERED -> "registration";
                    case ACTIVE -> "registration, accredited, not suspended";
                }
                + " |\n";
    }

    private static String names(Collection<? extends Enum<?>> values) {
        return values.stream().sorted().map(Enum::name).collect(Collectors.joining(", "));
    }
}
