package io.clearmarket.gateway.replay;

import io.clearmarket.chaincode.api.Asset;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.client.Actor;
import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.fabric.ProposalWriter;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.PartyId;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntConsumer;
import tools.jackson.databind.JsonNode;

/** A replay against a system that is up. */
public final class ReplayRun {
    private static final String TOKEN_NAME = "Clearmarket Test Dollar";
    private static final String TOKEN_VERSION = "1";

    private final UpState up;
    private final Path seedFile;
    private final Tally tally = new Tally();

    /** @param seedFile where the replay's seed is kept, or made */
    public ReplayRun(UpState up, Path seedFile) {
        this.up = up;
        this.seedFile = seedFile;
    }

    /** The orders of a folder, at most {@code limit} of them. */
    static List<Olist.Order> orders(Path folder, int limit) {
        List<Olist.Order> all = new OlistReader(folder).read().orders();
        return all.subList(0, Math.min(limit, all.size()));
    }

    /** How many orders a replay of the folder would drive. */
    public static int count(Path folder, int limit) {
        return orders(folder, limit).size();
    }

    /** @throws ReplayException if the system of this seed file has replayed before */
    public static void requireNone(Path seedFile) {
        if (Files.exists(seedFile)) {
            throw new ReplayException(
                    "this system has replayed before; go on with ./clearmarket replay --resume, or begin "
                            + "anew with ./clearmarket up --fresh");
        }
    }

    /**
     * Drives the folder's orders, checks both ledgers, and prints what came of it.
     *
     * @param resume whether to go on with the replay of this seed file; else there must not be one yet
     * @return true if every order went as its status says and the ledgers agree
     */
    public boolean runAndReport(
            Path folder, int limit, boolean resume, IntConsumer progress, boolean json, PrintStream out) {
        if (!resume) {
            requireNone(seedFile);
        }
        Report report = run(folder, limit, progress, Replay.Pace.USUAL);
        if (json) {
            report.printJson(out);
        } else {
            report.print(out);
        }
        return report.isClean();
    }

    /** Drives the folder's orders, from this seed file if there is one, and checks both ledgers. */
    public Report run(Path folder, int limit, IntConsumer progress, Replay.Pace pace) {
        return Report.of(drive(folder, limit, progress, pace), LedgerCheck.of(up));
    }

    /** How many steps of its orders a replay has taken; may be asked while it runs. The same orders take the same number. */
    public long steps() {
        return tally.steps();
    }

    private Replay.Summary drive(Path folder, int limit, IntConsumer progress, Replay.Pace pace) {
        Replay replay = new Replay(setting(pace), tally);
        return replay.run(orders(folder, limit), new OlistReader(folder).productNumbers(), progress);
    }

    /** The system that is up, as a replay needs to know it. */
    Replay.Setting setting(Replay.Pace pace) {
        MarketClient client = new MarketClient(up.gateway(), Duration.ofSeconds(30));
        JsonNode market = client.get("/api/v1/market", null);
        return new Replay.Setting(
                up.gateway(),
                new ProposalWriter(
                        market.path("channel").asString(),
                        market.path("chaincode").asString()),
                Seed.open(seedFile),
                market(market.path("config"), market.path("attesterSetHash").asString("")),
                TOKEN_NAME,
                TOKEN_VERSION,
                actor("carrier"),
                List.of(actor("operator"), actor("operator-audit")),
                token("operator"),
                pace);
    }

    private TermsWriter.Market market(JsonNode config, String attesters) {
        return new TermsWriter.Market(
                config.path("ledger").asString(),
                new Asset(config.path("assets").path(0).asString()),
                EthAddress.parse(config.path("escrow").asString()),
                new Digest(attesters),
                EthAddress.parse(identity("operator").address()),
                new PartyId(identity("arbiter").party()));
    }

    private Actor actor(String name) {
        UpState.IdentityFiles files = identity(name);
        return new Actor(
                MspFolder.read(files.mspId(), files.msp()),
                Secp256k1Key.fromPrivateKey(HexFormat.of()
                        .parseHex(PrivateFiles.readText(files.ethKey()).strip())),
                token(name));
    }

    private UpState.IdentityFiles identity(String name) {
        UpState.IdentityFiles files = up.identities().get(name);
        if (files == null) {
            throw new ReplayException("the running system has no identity \"" + name + "\"");
        }
        return files;
    }

    private String token(String name) {
        String token = up.tokens().get(name);
        if (token == null) {
            throw new ReplayException("the running system has no token for \"" + name + "\"");
        }
        return token;
    }
}
