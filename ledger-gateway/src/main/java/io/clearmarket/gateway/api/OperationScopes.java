package io.clearmarket.gateway.api;

import static io.clearmarket.gateway.identity.Scope.AUDIT_READ;
import static io.clearmarket.gateway.identity.Scope.CHECKOUTS_READ;
import static io.clearmarket.gateway.identity.Scope.CHECKOUTS_WRITE;
import static io.clearmarket.gateway.identity.Scope.COMMANDS_READ;
import static io.clearmarket.gateway.identity.Scope.COMMANDS_WRITE;
import static io.clearmarket.gateway.identity.Scope.DEVELOPMENT;
import static io.clearmarket.gateway.identity.Scope.DEVICES_READ;
import static io.clearmarket.gateway.identity.Scope.DEVICES_WRITE;
import static io.clearmarket.gateway.identity.Scope.DOCUMENTS_WRITE;
import static io.clearmarket.gateway.identity.Scope.EVENTS_READ;
import static io.clearmarket.gateway.identity.Scope.FINANCE_READ;
import static io.clearmarket.gateway.identity.Scope.KEYS_READ;
import static io.clearmarket.gateway.identity.Scope.KEYS_WRITE;
import static io.clearmarket.gateway.identity.Scope.MARKET_WRITE;
import static io.clearmarket.gateway.identity.Scope.ORDERS_READ;
import static io.clearmarket.gateway.identity.Scope.ORDERS_WRITE;
import static io.clearmarket.gateway.identity.Scope.OWNERSHIP_READ;
import static io.clearmarket.gateway.identity.Scope.OWNERSHIP_WRITE;
import static io.clearmarket.gateway.identity.Scope.PARTIES_READ;
import static io.clearmarket.gateway.identity.Scope.PARTIES_WRITE;
import static io.clearmarket.gateway.identity.Scope.PRIVATE_READ;
import static io.clearmarket.gateway.identity.Scope.PRIVATE_WRITE;
import static io.clearmarket.gateway.identity.Scope.PROVENANCE_READ;
import static io.clearmarket.gateway.identity.Scope.PROVENANCE_WRITE;
import static io.clearmarket.gateway.identity.Scope.SETTLEMENT_READ;
import static io.clearmarket.gateway.identity.Scope.SETTLEMENT_WRITE;
import static io.clearmarket.gateway.identity.Scope.TERMS_WRITE;
import static io.clearmarket.gateway.identity.Scope.WEBHOOKS_READ;
import static io.clearmarket.gateway.identity.Scope.WEBHOOKS_WRITE;

import io.clearmarket.gateway.identity.Scope;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;

/**
 * Which scope an operation needs: by its resource, the first part of a path below {@code /api/v1}, and whether it reads. A resource that is in
 * no row needs none but a caller; the tests see to it that every operation has a row.
 */
final class OperationScopes {
    private static final Map<String, Needs> API = Map.ofEntries(
            row("orders", ORDERS_READ, ORDERS_WRITE),
            row("consignments", ORDERS_READ, ORDERS_WRITE),
            row("escrow", ORDERS_READ, null),
            row("deposits", ORDERS_READ, ORDERS_WRITE),
            row("service", ORDERS_READ, null),
            row("reviews", PROVENANCE_READ, ORDERS_WRITE),
            row("ratings", PROVENANCE_READ, null),
            row("terms", null, TERMS_WRITE),
            row("offers", ORDERS_READ, TERMS_WRITE),
            row("checkouts", CHECKOUTS_READ, CHECKOUTS_WRITE),
            row("commands", COMMANDS_READ, COMMANDS_WRITE),
            row("batches", COMMANDS_READ, COMMANDS_WRITE),
            row("provenance", PROVENANCE_READ, PROVENANCE_WRITE),
            row("items", PROVENANCE_READ, null),
            row("devices", DEVICES_READ, DEVICES_WRITE),
            row("device-batches", DEVICES_READ, DEVICES_WRITE),
            Map.entry(
                    "parties",
                    new Needs(
                            PARTIES_READ,
                            PARTIES_WRITE,
                            Map.of(
                                    "accreditations", MARKET_WRITE,
                                    "suspensions", MARKET_WRITE,
                                    "reinstatements", MARKET_WRITE))),
            row("party-changes", null, PARTIES_WRITE),
            row("enrolments", null, PARTIES_WRITE),
            row("market", null, MARKET_WRITE),
            row("documents", null, DOCUMENTS_WRITE),
            row("private-fields", PRIVATE_READ, PRIVATE_WRITE),
            row("erasures", PRIVATE_READ, null),
            row("transfers", OWNERSHIP_READ, OWNERSHIP_WRITE),
            row("events", EVENTS_READ, null),
            row("webhooks", WEBHOOKS_READ, WEBHOOKS_WRITE),
            row("access-keys", KEYS_READ, KEYS_WRITE),
            row("statements", FINANCE_READ, null),
            row("audit", AUDIT_READ, null),
            row("solvency", AUDIT_READ, null),
            row("settlement", SETTLEMENT_READ, SETTLEMENT_WRITE),
            row("development", null, DEVELOPMENT));

    /** Outside of {@code /api/v1}, by the first part of a path: GS1's bindings, and pages that show what the API does. */
    private static final Map<String, Needs> ELSEWHERE = Map.ofEntries(
            row("epcis", PROVENANCE_READ, PROVENANCE_WRITE),
            row("merchant", ORDERS_READ, ORDERS_WRITE),
            row("statement", FINANCE_READ, null),
            row("audit", AUDIT_READ, null));

    private static final int RESOURCE = 2;
    private static final int ACT = 4;

    private OperationScopes() {}

    /**
     * What a resource needs.
     *
     * @param read to look; absent: nothing but a caller, or nothing there to look at
     * @param write to change
     * @param acts to change, by the part of the path after the thing's name, where that differs
     */
    private record Needs(@Nullable Scope read, @Nullable Scope write, Map<String, Scope> acts) {}

    /** What a caller must have for this. */
    static Optional<Scope> of(PathContainer path, boolean reads) {
        boolean api = "api".equals(part(path, 0)) && "v1".equals(part(path, 1));
        Needs needs = api ? API.get(part(path, RESOURCE)) : ELSEWHERE.get(part(path, 0));
        if (needs == null) {
            return Optional.empty();
        }
        if (reads) {
            return Optional.ofNullable(needs.read());
        }
        Scope act = needs.acts().isEmpty() ? null : needs.acts().get(part(path, ACT));
        return Optional.ofNullable(act == null ? needs.write() : act);
    }

    /** As the handlers' patterns see it: decoded, without parameters. Slashes are every other element. */
    private static String part(PathContainer path, int number) {
        int index = 2 * number + 1;
        return index < path.elements().size() && path.elements().get(index) instanceof PathSegment segment
                ? segment.valueToMatch()
                : "";
    }

    private static Map.Entry<String, Needs> row(String resource, @Nullable Scope read, @Nullable Scope write) {
        return Map.entry(resource, new Needs(read, write, Map.of()));
    }
}
