package io.clearmarket.gateway.testing;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.GatewayApplication;
import io.clearmarket.gateway.events.BlockFeed;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.DevelopmentTokens;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * The whole system for tests, through its real doors: a network ({@link LedgerUnderTest}), the chaincode's jar in a process of
 * its own, a PostgreSQL and the gateway on a free port. Started once for all test classes of a JVM and ended with it.
 *
 * <p>Tests share its ledger: each uses parties, orders and items of its own.
 */
public final class GatewayTestSystem implements AutoCloseable {
    /** The ledger's name. */
    public static final String LEDGER = "clearmarket:test:market";

    /** Whose peer the gateway asks and hears. */
    private static final String HOME = "PlatformMSP";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE_NANOS = 5_000_000;

    private static @Nullable GatewayTestSystem shared;

    private final Path folder;
    private final LedgerUnderTest network;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, String> more = new LinkedHashMap<>();
    private @Nullable ServletWebServerApplicationContext context;
    private @Nullable GatewayUnderTest process;

    /**
     * A managed identity.
     *
     * @param name in the gateway's configuration
     */
    public record Person(String name, Role role, SigningIdentity signer, Secp256k1Key ethKey, Path ethKeyFile) {
        /** The party they are. */
        public PartyId party() {
            return signer.partyId();
        }
    }

    private GatewayTestSystem(Path folder) {
        this.folder = folder;
        this.network = LedgerUnderTest.start(folder);
        writeNetworkFile();
        List.of("PlatformMSP", "MerchantsMSP", "AuditMSP")
                .forEach(mspId -> addPerson("operator-" + mspId, mspId, Role.OPERATOR));
        addPerson("buyer", "PlatformMSP", Role.BUYER);
        addPerson("merchant", "MerchantsMSP", Role.MERCHANT);
        addPerson("carrier", "MerchantsMSP", Role.CARRIER);
        addPerson("arbiter", "AuditMSP", Role.ARBITER);
        addPerson("auditor", "AuditMSP", Role.AUDITOR);
    }

    /** The one of this JVM, with its gateway running. */
    public static synchronized GatewayTestSystem get() {
        if (shared == null) {
            try {
                GatewayTestSystem system = new GatewayTestSystem(Files.createTempDirectory("clearmarket-test"));
                shared = system;
                Runtime.getRuntime().addShutdownHook(new Thread(system::close));
                system.startGateway();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    /** One with a ledger of its own, for a test that needs other settings; its gateway is not running yet. */
    public static GatewayTestSystem own() {
        try {
            return new GatewayTestSystem(Files.createTempDirectory("clearmarket-test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings for every later start of the gateway, besides the usual ones. */
    public GatewayTestSystem with(Map<String, String> settings) {
        more.putAll(settings);
        return this;
    }

    /** Where the test may keep files; deleted with the system. */
    public Path folder() {
        return folder;
    }

    /** The gateway's Spring context. */
    public ServletWebServerApplicationContext context() {
        if (context == null) {
            throw new IllegalStateException("the gateway is not running");
        }
        return context;
    }

    /** Where the gateway answers. */
    public URI address() {
        if (process != null) {
            return process.address();
        }
        return address(context());
    }

    /** The organisations of the network below. */
    public List<Organization> organizations() {
        return network.organizations();
    }

    /** One of them. */
    public Organization organization(String mspId) {
        return organizations().stream()
                .filter(each -> each.mspId().equals(mspId))
                .findFirst()
                .orElseThrow();
    }

    /** The network's channel. */
    public String channel() {
        return LedgerUnderTest.CHANNEL;
    }

    /** Somebody whom an organisation has certified, without a role. */
    public SigningIdentity issue(String mspId, String name) {
        return network.issue(mspId, name, Map.of());
    }

    /** MSP folder of an issued identity. */
    public Path userDirectory(String mspId, String name) {
        return network.userDirectory(mspId, name);
    }

    /** How many blocks an organisation's peer has. */
    public long height(String mspId) {
        return network.height(mspId);
    }

    /** Returns when an organisation's peer has what the gateway's own has: what the gateway tells of is on that one. */
    public void awaitLevel(String mspId) {
        long height = height(HOME);
        await(mspId + "'s peer", () -> height(mspId) >= height);
    }

    /** Returns when the gateway in this process has read every block that its own peer has. */
    public void awaitRead() {
        long height = height(HOME);
        BlockFeed feed = context().getBean(BlockFeed.class);
        await("the read model", () -> feed.nextBlock() >= height);
    }

    private static void await(String what, BooleanSupplier level) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!level.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(what + " does not get there");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Writes the state that an organisation's peer holds in memory to a folder; false if it holds none that no file of its own has. */
    public boolean writeState(String mspId, Path folder) throws Exception {
        return network.writeState(mspId, folder);
    }

    /** What an embedded network tells its clients; a test that asks for it is skipped on another. */
    public Path connectionProfile() {
        return network.connectionProfile();
    }

    /** {@code network.json}. */
    public Path networkFile() {
        return folder.resolve("network/network.json");
    }

    /** A managed identity: operator-PlatformMSP, operator-MerchantsMSP, operator-AuditMSP, buyer, merchant, ... */
    public Person person(String name) {
        Person person = people.get(name);
        if (person == null) {
            throw new IllegalArgumentException("nobody is called " + name + "; there are " + people.keySet());
        }
        return person;
    }

    /** A token of a managed identity. */
    public String token(String name) {
        Person person = person(name);
        return token(new Caller(name, Set.of(person.role()), person.party(), name));
    }

    /** Any token. */
    public String token(Caller caller) {
        return token("gateway", caller);
    }

    /** Any token of the gateway of that name. */
    public String token(String gateway, Caller caller) {
        return DevelopmentTokens.open(folder.resolve(gateway)).issue(caller, Duration.ofHours(1));
    }

    /** Requests to another gateway than this system's. */
    public static TestHttp http(ServletWebServerApplicationContext gateway, @Nullable String token) {
        return new TestHttp(address(gateway), token);
    }

    private static URI address(ServletWebServerApplicationContext gateway) {
        return URI.create("http://127.0.0.1:" + gateway.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Requests with this bearer token; none where it is null. */
    public TestHttp http(@Nullable String token) {
        return new TestHttp(address(), token);
    }

    /** Ends the gateway and starts it again on the same data; callers get new addresses. */
    public void restartGateway() {
        context().close();
        startGateway();
    }

    /** Starts the gateway in a process of its own, which a test may kill, and waits until it answers or has ended. */
    public GatewayUnderTest startGatewayProcess() {
        GatewayUnderTest started = GatewayUnderTest.start(arguments(), folder.resolve("gateway.log"));
        process = started;
        return started;
    }

    /**
     * Starts another gateway on the same ledger in this process, with a data folder of its own; whoever starts it closes it.
     *
     * @param settings those that differ from this system's gateway
     */
    public ServletWebServerApplicationContext startAnother(String name, Map<String, String> settings) {
        Map<String, Object> all = settings();
        all.put("clearmarket.data-dir", folder.resolve(name).toString());
        all.putAll(settings);
        return start(all);
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
        if (process != null) {
            process.close();
        }
        network.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the gateway in this process. */
    public void startGateway() {
        context = start(settings());
    }

    private static ServletWebServerApplicationContext start(Map<String, Object> settings) {
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        application.setRegisterShutdownHook(false);
        return (ServletWebServerApplicationContext)
                application.run(arguments(settings).toArray(String[]::new));
    }

    private List<String> arguments() {
        return arguments(settings());
    }

    private static List<String> arguments(Map<String, Object> settings) {
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("server.port", "0");
        settings.put("clearmarket.data-dir", folder.resolve("gateway").toString());
        settings.put("clearmarket.network-file", networkFile().toString());
        settings.put("clearmarket.ledger", LEDGER);
        settings.put("clearmarket.commit-wait", "90s");
        settings.put("clearmarket.development", "true");
        settings.put("clearmarket.demonstration", "true");
        settings.put("clearmarket.devices.collector", "carrier");
        settings.put("clearmarket.devices.anchor-every", "1s");
        for (Person person : people.values()) {
            String prefix = "clearmarket.identities." + person.name();
            settings.put(prefix + ".msp-id", person.signer().mspId());
            settings.put(
                    prefix + ".msp",
                    network.userDirectory(person.signer().mspId(), person.name())
                            .toString());
            settings.put(prefix + ".eth-key", person.ethKeyFile().toString());
        }
        settings.putAll(more);
        return settings;
    }

    private void addPerson(String name, String mspId, Role role) {
        SigningIdentity signer =
                network.issue(mspId, name, Map.of(Role.ATTRIBUTE, role.name().toLowerCase(Locale.ROOT)));
        Secp256k1Key key = Secp256k1Key.generate();
        Path file = folder.resolve(name + ".eth-key");
        try {
            Files.writeString(file, HexFormat.of().formatHex(key.privateKey()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        people.put(name, new Person(name, role, signer, key, file));
    }

    private void writeNetworkFile() {
        List<Map<String, String>> organizations = network.organizations().stream()
                .map(GatewayTestSystem::organization)
                .toList();
        try {
            Files.writeString(networkFile(), Json.MAPPER.writeValueAsString(Map.of("organizations", organizations)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> organization(Organization organization) {
        return Map.of(
                "mspId",
                organization.mspId(),
                "peerAddress",
                organization.peerAddress(),
                "tlsCaCertificate",
                organization.tlsCaFile().toAbsolutePath().toString(),
                "caDirectory",
                organization
                        .mspDirectory()
                        .toAbsolutePath()
                        .resolveSibling("ca")
                        .toString());
    }
}
