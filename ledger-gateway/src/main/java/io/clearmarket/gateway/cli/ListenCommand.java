package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.client.DomainEvents;
import io.clearmarket.gateway.up.UpState;
import io.clearmarket.gateway.webhooks.Message;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clearmarket listen}: until it is ended. */
@Command(
        name = "listen",
        mixinStandardHelpOptions = true,
        description =
                "Prints the events of the running system as they happen, and passes them on to a server of yours, signed as"
                        + " webhooks are. No webhook is registered.")
final class ListenCommand implements Callable<Integer> {
    @Option(
            names = "--as",
            paramLabel = "ROLE",
            defaultValue = "merchant",
            description = "Whose events (default: merchant).")
    private String role = "merchant";

    @Option(
            names = "--types",
            converter = Checked.EventType.class,
            paramLabel = "TYPE",
            split = ",",
            description = "Only these, such as consignment.funded.")
    private Set<String> types = new LinkedHashSet<>();

    @Option(
            names = "--forward-to",
            converter = Checked.Web.class,
            paramLabel = "URL",
            description = "A server that is to be told.")
    private @Nullable URI forwardTo;

    @Option(
            names = "--secret",
            converter = Checked.Secret.class,
            paramLabel = "WHSEC",
            description = "What to sign with (default: a new one, printed).")
    private @Nullable String secret;

    @Option(names = "--json", description = "Print each event whole, one in a line.")
    private boolean json;

    @Option(
            names = "--data",
            description = "The running system's data folder (default: .clearmarket beside the launcher).")
    private @Nullable Path data;

    @Override
    public Integer call() throws InterruptedException {
        UpState up = RunningSystem.of(data);
        Forwarding forwarding = null;
        if (forwardTo != null) {
            String with = secret == null ? Message.newSecret() : secret;
            forwarding = new Forwarding(forwardTo, with);
            System.err.println("signed with " + with);
        }
        Listening listening = new Listening(types, json, forwarding, System.out);
        try (DomainEvents events = new DomainEvents(up.gateway(), RunningSystem.token(up, role), listening)) {
            events.start();
            System.err.println("listening as " + role + "; Ctrl-C ends it");
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
