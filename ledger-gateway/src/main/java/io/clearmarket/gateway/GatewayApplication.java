package io.clearmarket.gateway;

import io.clearmarket.gateway.config.GatewayProperties;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The gateway's process. */
@SpringBootApplication
@EnableConfigurationProperties(GatewayProperties.class)
public class GatewayApplication {
    /**
     * Starts the gateway. With {@code CLEARMARKET_PARENT_STDIN=1} in the environment it ends when its standard input does, so
     * that it never outlives who started it.
     */
    public static void main(String[] arguments) {
        if ("1".equals(System.getenv("CLEARMARKET_PARENT_STDIN"))) {
            Thread.ofPlatform().daemon().name("parent").start(GatewayApplication::endWithStandardInput);
        }
        SpringApplication.run(GatewayApplication.class, arguments);
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
