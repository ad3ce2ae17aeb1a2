package io.clearmarket.network.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.network.embedded.NetworkException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Docker's command line, with compose as a plugin or as the older program of its own. */
final class DockerCompose {
    private static final int PATIENCE_MINUTES = 10;
    private static final List<List<String>> SPELLINGS =
            List.of(List.of("docker", "compose"), List.of("docker-compose"));

    private final List<String> compose;
    private final Path file;

    private DockerCompose(List<String> compose, Path file) {
        this.compose = compose;
        this.file = file;
    }

    /** Why compose can't be used on this machine; empty if it can. */
    static Optional<String> unavailable() {
        if (!run(List.of("docker", "version", "--format", "{{.Server.Version}}"))
                .done()) {
            return Optional.of("no Docker engine answers (docker version)");
        }
        return spelling().isEmpty()
                ? Optional.of("neither \"docker compose\" nor \"docker-compose\" is installed")
                : Optional.empty();
    }

    private static Optional<List<String>> spelling() {
        return SPELLINGS.stream()
                .filter(words -> run(with(words, List.of("version"))).done())
                .findFirst();
    }

    /** @throws NetworkException if {@link #unavailable()} */
    static DockerCompose on(Path file) {
        unavailable().ifPresent(why -> {
            throw new NetworkException("no compose network here: " + why);
        });
        return new DockerCompose(spelling().orElseThrow(), file);
    }

    /** True if the engine has the image, or gets it. */
    static boolean obtains(String image) {
        return run(List.of("docker", "image", "inspect", "--format", "{{.Id}}", image))
                        .done()
                || run(List.of("docker", "pull", "--quiet", image)).done();
    }

    /**
     * Runs a compose command on the file.
     *
     * @throws NetworkException with what it said, if it fails
     */
    String call(String... arguments) {
        Result result = run(with(compose, with(List.of("-f", file.toString()), List.of(arguments))));
        if (!result.done()) {
            throw new NetworkException("docker compose " + String.join(" ", arguments) + " fails: " + result.said());
        }
        return result.said();
    }

    /** The names of the containers of a project that run now. */
    static List<String> running(String project) {
        Result result = run(List.of(
                "docker", "ps", "--filter", "label=com.docker.compose.project=" + project, "--format", "{{.Names}}"));
        if (!result.done()) {
            throw new NetworkException("the Docker engine does not say what runs: " + result.said());
        }
        return result.said().lines().toList();
    }

    private record Result(boolean done, String said) {}

    private static Result run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return new Result(false, "no end after " + PATIENCE_MINUTES + " minutes");
            }
            return new Result(process.exitValue() == 0, said);
        } catch (IOException notInstalled) {
            return new Result(false, String.valueOf(notInstalled.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted while waiting for Docker", e);
        }
    }

    private static List<String> with(List<String> first, List<String> then) {
        List<String> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }
}
