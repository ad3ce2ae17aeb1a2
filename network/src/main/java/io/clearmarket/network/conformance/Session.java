package io.clearmarket.network.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running network with the suite's chaincodes on it, for one statement after another. */
final class Session implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final NetworkUnderTest network;
    private final StubChaincode stub;
    private final ChaincodePrograms programs;
    private final Connections connections;
    private final Map<Variant, Rig> rigs = new EnumMap<>(Variant.class);

    private Session(NetworkUnderTest network, StubChaincode stub, ChaincodePrograms programs) {
        this.network = network;
        this.stub = stub;
        this.programs = programs;
        this.connections = new Connections(network);
    }

    /**
     * Starts a network and the chaincodes.
     *
     * @param variants the chaincode libraries that will be called
     * @param directory a folder is made in it
     */
    static Session open(
            NetworkProvider provider, Stage stage, Set<Variant> variants, Path directory, ChaincodeFiles files)
            throws Exception {
        Path folder = Files.createDirectories(directory.resolve(stage.name().toLowerCase(Locale.ROOT)));
        Deployment deployment = Deployment.plan(provider.capabilities(), variants, files);
        NetworkUnderTest network = provider.start(new NetworkPlan(
                folder.resolve("network"),
                stage.batch(),
                stage.executeTimeout(),
                stage.orderers(),
                deployment.chaincodes()));
        try {
            ChaincodePrograms programs = deployment.serve(network, folder.resolve("chaincode.log"));
            return new Session(network, deployment.stub(), programs);
        } catch (Exception e) {
            network.close();
            throw e;
        }
    }

    /** Why a statement can't be tried with a chaincode library; empty if network and machine can. */
    static Optional<String> impossible(
            NetworkProvider provider, ChaincodeFiles files, Statement statement, Variant variant) {
        if (variant == Variant.NODE && files.node().isEmpty()) {
            return Optional.of(ChaincodeFiles.NO_NODE);
        }
        List<Capability> missing = statement.needs().stream()
                .filter(need -> !provider.capabilities().contains(need))
                .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of("needs " + missing);
    }

    /** Tries a statement with a chaincode library. */
    Outcome attempt(Statement statement, Variant variant) {
        Rig rig = rigs.computeIfAbsent(variant, each -> new Rig(network, connections, each, stub));
        long began = System.nanoTime();
        Outcome.Verdict verdict = Outcome.Verdict.HELD;
        String seen = "";
        try {
            run(statement, rig);
        } catch (Exception e) {
            verdict = Outcome.Verdict.DIFFERENT;
            seen = e instanceof Difference ? String.valueOf(e.getMessage()) : describe(e);
        }
        return new Outcome(statement, variant, verdict, seen, (System.nanoTime() - began) / 1e9);
    }

    /** On a thread of its own: a network that never answers must not hold up the other statements. */
    private static void run(Statement statement, Rig rig) throws Exception {
        FutureTask<Boolean> check = new FutureTask<>(() -> {
            statement.check().run(rig);
            return true;
        });
        Thread thread = Thread.ofVirtual().name("statement-" + statement.id()).start(check);
        try {
            check.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new Difference("no end within " + LIMIT.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception failure ? failure : e;
        }
    }

    /** The failure as the client surfaced it, details too, and the suite's line it came to. */
    private static String describe(Exception e) {
        String text = Transcript.of(e).replace("\n", "; ");
        for (StackTraceElement element : e.getStackTrace()) {
            if (element.getClassName().startsWith(Session.class.getPackageName())) {
                return text + " at " + element.getFileName() + ":" + element.getLineNumber();
            }
        }
        return text;
    }

    @Override
    public void close() {
        rigs.values().forEach(Rig::close);
        connections.close();
        programs.close();
        stub.close();
        network.close();
    }
}
