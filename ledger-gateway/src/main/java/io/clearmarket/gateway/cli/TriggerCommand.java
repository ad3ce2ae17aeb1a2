package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.webhooks.ExampleMessages;
import io.clearmarket.gateway.webhooks.Message;
import java.net.URI;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clearmarket trigger TYPE}: 0 if the server took it. */
@Command(
        name = "trigger",
        mixinStandardHelpOptions = true,
        description =
                "Sends a server of yours a signed example message of an event that did not happen. Needs no running system.")
final class TriggerCommand implements Callable<Integer> {
    /** For the help. */
    static final class Types implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ExampleMessages.types().iterator();
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "TYPE",
            completionCandidates = Types.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private String type = "";

    @Option(
            names = "--to",
            converter = Checked.Web.class,
            paramLabel = "URL",
            description = "Your server; without it the message is only printed.")
    private @Nullable URI to;

    @Option(
            names = "--secret",
            converter = Checked.Secret.class,
            paramLabel = "WHSEC",
            description = "What to sign with (default: a new one, printed).")
    private @Nullable String secret;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "Another value of a field, JSON or text: --set data.consignmentId=order-7.1 --set data.data.version=3."
                            + " May be repeated.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Override
    public Integer call() {
        try {
            Message message = ExampleMessages.of(type, Instant.now(), overrides);
            System.out.println(message.body());
            if (to == null) {
                return 0;
            }
            String with = secret == null ? Message.newSecret() : secret;
            Forwarding.Result result = new Forwarding(to, with).send(message);
            System.err.println("signed with " + with + "; " + to + " answered " + result.said());
            return result.delivered() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
