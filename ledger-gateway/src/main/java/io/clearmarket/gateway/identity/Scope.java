package io.clearmarket.gateway.identity;

import static io.clearmarket.chaincode.api.Role.AUDITOR;
import static io.clearmarket.chaincode.api.Role.DEVICE;
import static io.clearmarket.chaincode.api.Role.MERCHANT;
import static io.clearmarket.chaincode.api.Role.OPERATOR;

import io.clearmarket.chaincode.api.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a caller may be let in for (RFC 6749 section 3.3), and which roles have it: a caller has those of their roles, a key or a token
 * may carry fewer, and none carries more. It opens the gateway's door only; what a party may do is the chaincode's to decide.
 */
public enum Scope {
    ORDERS_READ(
            "orders:read", "Orders, consignments, escrows, deposits, service figures, published offers", Who.PEOPLE),
    ORDERS_WRITE("orders:write", "Place orders, act on consignments, deposit, review", Who.PEOPLE),
    TERMS_WRITE("terms:write", "Sign terms, publish offers", Who.PEOPLE),
    CHECKOUTS_READ("checkouts:read", "How far checkouts have come", EnumSet.of(MERCHANT, AUDITOR, OPERATOR)),
    CHECKOUTS_WRITE("checkouts:write", "Make checkouts", EnumSet.of(MERCHANT)),
    COMMANDS_READ("commands:read", "What became of commands and batches", Who.EVERYBODY),
    COMMANDS_WRITE("commands:write", "Commands of every kind: signed elsewhere, or in batches", Who.EVERYBODY),
    PROVENANCE_READ("provenance:read", "Items, EPCIS events, origins, warnings, reviews", Who.EVERYBODY),
    PROVENANCE_WRITE("provenance:write", "Record EPCIS events and hand-overs, keep queries", Who.EVERYBODY),
    DEVICES_READ("devices:read", "Measuring devices and their batches", Who.EVERYBODY),
    DEVICES_WRITE("devices:write", "Register devices, send readings", Who.EVERYBODY),
    PARTIES_READ("parties:read", "Parties", Who.EVERYBODY),
    PARTIES_WRITE("parties:write", "Enrol, register, change one's key or address", Who.EVERYBODY),
    MARKET_WRITE(
            "market:write", "Approve the market's rules; accredit, suspend, reinstate parties", EnumSet.of(OPERATOR)),
    DOCUMENTS_WRITE("documents:write", "Keep documents", Who.EVERYBODY),
    PRIVATE_READ("private:read", "Private fields and receipts of erasure", Who.PEOPLE),
    PRIVATE_WRITE("private:write", "Keep and erase private fields", Who.PEOPLE),
    OWNERSHIP_READ("ownership:read", "Transfers of items", Who.PEOPLE),
    OWNERSHIP_WRITE("ownership:write", "Hand items on", Who.PEOPLE),
    EVENTS_READ("events:read", "The stream of domain events", Who.EVERYBODY),
    WEBHOOKS_READ("webhooks:read", "Webhooks and their log", Who.PEOPLE),
    WEBHOOKS_WRITE("webhooks:write", "Set up webhooks, send again", Who.PEOPLE),
    KEYS_READ("keys:read", "Keys for servers; no key has it", Who.PEOPLE),
    KEYS_WRITE("keys:write", "Make and take back keys for servers; no key has it", Who.PEOPLE),
    FINANCE_READ("finance:read", "Statements", EnumSet.of(MERCHANT, AUDITOR, OPERATOR)),
    AUDIT_READ("audit:read", "Search, conservation, solvency", EnumSet.of(AUDITOR, OPERATOR)),
    SETTLEMENT_READ("settlement:read", "The mode of settlement and of attesters", EnumSet.of(AUDITOR, OPERATOR)),
    SETTLEMENT_WRITE("settlement:write", "Pause settlement and attesters", EnumSet.of(OPERATOR)),
    DEVELOPMENT("development:write", "Test money, where there is some", Who.EVERYBODY);

    /** Those of whoever has no role yet: to become a party. */
    private static final Set<Scope> OF_NOBODY = Set.of(PARTIES_READ, PARTIES_WRITE, COMMANDS_READ, COMMANDS_WRITE);

    private static final Map<String, Scope> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Scope::id, Function.identity()));
    private static final Map<Role, Set<Scope>> BY_ROLE = byRole();

    private final String id;
    private final String opens;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody changes
    private final Set<Role> roles;

    Scope(String id, String opens, Set<Role> roles) {
        this.id = id;
        this.opens = opens;
        this.roles = Set.copyOf(roles);
    }

    /** Its name in tokens, keys, problems and the API's description. */
    public String id() {
        return id;
    }

    /** What it opens, in words. */
    public String opens() {
        return opens;
    }

    /** The roles that have it. */
    public Set<Role> roles() {
        return roles;
    }

    /** True if it lets nothing be changed. */
    public boolean reads() {
        return id.endsWith(":read");
    }

    /** True if only people have it: a key neither makes nor lists keys. */
    public boolean isForPeopleOnly() {
        return this == KEYS_READ || this == KEYS_WRITE;
    }

    /** The scope of that name. */
    public static Optional<Scope> named(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** All that these roles have. */
    public static Set<Scope> of(Set<Role> roles) {
        if (roles.size() == 1) {
            return BY_ROLE.getOrDefault(roles.iterator().next(), Set.of());
        }
        return roles.isEmpty()
                ? OF_NOBODY
                : roles.stream()
                        .flatMap(role -> BY_ROLE.getOrDefault(role, Set.of()).stream())
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Their names, in the order of this table. */
    public static List<String> ids(Collection<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::id).toList();
    }

    private static Map<Role, Set<Scope>> byRole() {
        Map<Role, Set<Scope>> all = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            all.put(
                    role,
                    Arrays.stream(values())
                            .filter(scope -> scope.roles.contains(role))
                            .collect(Collectors.toUnmodifiableSet()));
        }
        return all;
    }

    /** Roles that share most scopes; an enum's constants can't use constants of its own. */
    private static final class Who {
        static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);
        static final Set<Role> PEOPLE = EnumSet.complementOf(EnumSet.of(DEVICE));
    }
}
