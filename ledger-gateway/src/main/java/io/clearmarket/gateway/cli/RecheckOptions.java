package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.audit.Recheck;
import io.clearmarket.gateway.chain.Deployment;
import io.clearmarket.gateway.chain.EscrowReader;
import io.clearmarket.gateway.chain.NodeViews;
import io.clearmarket.gateway.config.NetworkFile;
import io.clearmarket.gateway.up.UpException;
import io.clearmarket.gateway.up.UpState;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose peer and node an answer is computed anew from; by default the auditor's of the running system. */
final class RecheckOptions {
    /** Who reads a peer, by their name in {@code up.json}. */
    private static final String READER = "auditor";

    @Option(
            names = "--recheck",
            description =
                    "Compute the answer anew from your own peer's blocks and your own node, and name each difference.")
    private boolean recheck;

    @Option(names = "--peer", paramLabel = "MSPID", description = "Whose peer (default: AuditMSP).")
    private String peer = "AuditMSP";

    @Option(
            names = "--rpc",
            converter = Checked.Web.class,
            paramLabel = "URL",
            description = "Your node of the settlement chain.")
    private @Nullable URI rpc;

    @Option(names = "--msp", paramLabel = "DIR", description = "MSP folder of who reads the peer.")
    private @Nullable Path msp;

    @Option(names = "--msp-id", paramLabel = "MSPID", description = "That reader's organisation.")
    private @Nullable String mspId;

    boolean isWanted() {
        return recheck;
    }

    /** What differs. */
    List<String> run(UpState up, Function<Recheck, List<String>> question) {
        UpState.IdentityFiles reader = up.identities().get(READER);
        if (reader == null && (msp == null || mspId == null)) {
            throw new UpException("up.json names no \"" + READER + "\": say --msp and --msp-id");
        }
        Path folder = msp == null && reader != null ? reader.msp() : Main.fromUser(requireSet(msp));
        String organisation = mspId == null && reader != null ? reader.mspId() : requireSet(mspId);
        requireOrganisation(NetworkFile.read(up.network()));
        try (EscrowReader node = NodeViews.of(Deployment.read(up.deployment())).open(rpc == null ? up.chain() : rpc)) {
            return question.apply(new Recheck(Recheck.ledger(up.network(), peer, folder, organisation), node));
        }
    }

    private void requireOrganisation(NetworkFile network) {
        if (network.find(peer).isEmpty()) {
            throw new UpException("--peer is \"" + peer + "\"; the network's organisations are "
                    + network.organizations().stream()
                            .map(NetworkFile.Organization::mspId)
                            .toList());
        }
    }

    private static <T> T requireSet(@Nullable T value) {
        if (value == null) {
            throw new UpException("--msp and --msp-id go together");
        }
        return value;
    }
}
