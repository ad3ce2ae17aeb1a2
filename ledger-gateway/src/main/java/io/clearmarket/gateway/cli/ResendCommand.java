package io.clearmarket.gateway.cli;

import io.clearmarket.gateway.client.MarketClient;
import io.clearmarket.gateway.up.UpState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clearmarket resend WEBHOOK EVENT}: 0 if it is on its way. */
@Command(
        name = "resend",
        mixinStandardHelpOptions = true,
        description = "Sends a webhook's message again, the same bytes, whether it was delivered or not.")
final class ResendCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Parameters(index = "0", paramLabel = "WEBHOOK", converter = Checked.Id.class, description = "The webhook's id.")
    private UUID webhook = new UUID(0, 0);

    @Parameters(index = "1", paramLabel = "EVENT", description = "The message's webhook-id, such as 12.0.1.")
    private String event = "";

    @Option(
            names = "--as",
            paramLabel = "ROLE",
            defaultValue = "merchant",
            description = "Whose webhook (default: merchant).")
    private String role = "merchant";

    @Option(
            names = "--data",
            description = "The running system's data folder (default: .clearmarket beside the launcher).")
    private @Nullable Path data;

    @Override
    public Integer call() {
        UpState up = RunningSystem.of(data);
        new MarketClient(up.gateway(), PATIENCE)
                .post(
                        "/api/v1/webhooks/" + webhook + "/deliveries/" + event + "/resend",
                        RunningSystem.token(up, role),
                        Map.of(),
                        Map.of());
        System.out.println("message " + event + " is sent to webhook " + webhook + " again");
        return 0;
    }
}
