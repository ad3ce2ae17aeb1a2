package io.clearmarket.gateway.attester;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.chain.Deployment;
import io.clearmarket.gateway.chain.EscrowReader;
import io.clearmarket.gateway.chain.KeyFiles;
import io.clearmarket.gateway.chain.NodeViews;
import io.clearmarket.gateway.config.Parts;
import io.clearmarket.gateway.fabric.PeerBlocks;
import io.clearmarket.gateway.proof.witness.WitnessConfig;
import io.clearmarket.gateway.proof.witness.WitnessProcess;
import io.clearmarket.gateway.settlement.attester.Attester;
import io.clearmarket.gateway.settlement.attester.LocalAttester;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.eth.EthSigner;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.Pem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * An attester with all that it needs: peer, node, key, files, door; and its organisation's witness, where its configuration names one. Newest
 * parts are closed first.
 */
public final class AttesterProcess implements AutoCloseable {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(AttesterProcess.class);

    private final Parts parts = new Parts();

    private AttesterProcess() {}

    /**
     * Starts one, which answers from then on.
     *
     * @param reached is told of its steps
     * @throws IllegalArgumentException if its key, or another of its files, can't be read
     * @throws IllegalStateException if another process runs on its files
     * @throws ChainException if its node is away, or of another chain
     */
    static AttesterProcess start(AttesterConfig config, Consumer<AttesterStep> reached) throws IOException {
        AttesterProcess process = new AttesterProcess();
        try {
            process.open(config, reached);
            return process;
        } catch (IOException | RuntimeException failure) {
            process.close();
            throw failure;
        }
    }

    private void open(AttesterConfig config, Consumer<AttesterStep> reached) throws IOException {
        if (config.witness() != null) {
            parts.add(WitnessProcess.start(WitnessConfig.read(config.witness())));
        }
        EthSigner key = KeyFiles.open(config.key(), config.passphrase(), config.token());
        OutflowFile outflow =
                parts.add(new OutflowFile(config.data().resolve("outflow.jsonl"), config.limit(), Clock.systemUTC()));
        BlockView view = parts.add(BlockView.open(config.data().resolve("decided.jsonl")));
        PeerBlocks peer = parts.add(new PeerBlocks(
                config.networkFile(),
                config.mspId(),
                MspFolder.read(config.mspId(), config.msp()),
                config.channelOrUsual(),
                config.chaincodeOrUsual()));
        parts.add(peer.follow(view.block() + 1, view));
        EscrowReader node =
                parts.add(NodeViews.of(Deployment.read(config.deploymentFile())).open(config.rpcUrl()));
        Attester attester = new SteppedAttester(
                new LocalAttester(
                        config.mspId(),
                        config.ledger(),
                        key,
                        node,
                        view,
                        SteppedAttester.afterReserving(outflow, reached),
                        Clock.systemUTC(),
                        config.longestValidityOrUsual()),
                reached);
        List<X509Certificate> callers =
                config.callers().stream().map(AttesterProcess::certificate).toList();
        int port = config.port() == null ? 0 : config.port();
        AttesterDoor door = parts.add(new AttesterDoor(
                new InetSocketAddress(config.addressOrUsual(), port),
                attester,
                outflow,
                callers,
                view::block,
                Clock.systemUTC()));
        door.open();
        LOG.info(
                "{}'s attester {} answers on {}:{}",
                config.mspId(),
                key.address(),
                config.addressOrUsual(),
                door.port());
    }

    private static X509Certificate certificate(Path file) {
        try {
            return Pem.certificate(PrivateFiles.readText(file));
        } catch (IllegalArgumentException e) {
            throw WalletException.of(file, e);
        }
    }

    @Override
    public void close() {
        parts.close();
    }

    /**
     * Runs one until this process is told to end. With {@code CLEARMARKET_PARENT_STDIN=1} in the environment it ends when its standard input does,
     * so that it never outlives who started it.
     *
     * @param arguments the configuration's file; for tests, after it, a step to stop dead at, {@code BATCH_SIGNED} or {@code BATCH_SIGNED:2}
     */
    public static void main(String[] arguments) {
        // an idle connection is closed by the gateway first, so that no question meets a door that is just being shut
        System.setProperty("sun.net.httpserver.idleInterval", "300");
        System.setProperty("jdk.httpserver.maxConnections", "64");
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
        if ("1".equals(System.getenv("CLEARMARKET_PARENT_STDIN"))) {
            Thread.ofPlatform().daemon().name("parent").start(AttesterProcess::endWithStandardInput);
        }
        try {
            AttesterProcess running = start(
                    AttesterConfig.read(Path.of(arguments[0])),
                    arguments.length > 1 ? stopDeadAt(arguments[1]) : step -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "end"));
        } catch (IOException | UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            refuse(e);
        } catch (ChainException | WalletException e) {
            refuse(e);
        }
    }

    private static void refuse(Exception e) {
        System.err.println("clearmarket attester: " + e.getMessage());
        System.exit(1);
    }

    private static Consumer<AttesterStep> stopDeadAt(String step) {
        String[] parts = step.split(":", 2);
        AttesterStep at = AttesterStep.valueOf(parts[0]);
        AtomicInteger left = new AtomicInteger(parts.length == 2 ? Integer.parseInt(parts[1]) : 1);
        return reached -> {
            if (reached == at && left.decrementAndGet() == 0) {
                LOG.error("Stopping dead at {}", at);
                Runtime.getRuntime().halt(AttesterStep.KILLED);
            }
        };
    }

    private static void endWithStandardInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // as good as its end
        }
        System.exit(0);
    }
}
