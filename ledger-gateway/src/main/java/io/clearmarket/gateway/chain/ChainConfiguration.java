package io.clearmarket.gateway.chain;

import io.clearmarket.wallet.eth.EthSigner;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The chain's beans, where a chain is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChainProperties.class)
@ConditionalOnProperty("clearmarket.chain.rpc-url")
public class ChainConfiguration {
    private static final Duration DOUBT = Duration.ofSeconds(15);

    @Bean
    EscrowChain escrowChain(
            ChainProperties properties,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            SendProbe probe,
            MeterRegistry metrics) {
        List<URI> nodes = Stream.concat(
                        Stream.of(required(properties.rpcUrl(), "clearmarket.chain.rpc-url")),
                        properties.moreRpcUrls().stream())
                .toList();
        Rpc rpc = new Rpc(nodes);
        Deployment deployment =
                Deployment.read(required(properties.deploymentFile(), "clearmarket.chain.deployment-file"));
        EscrowReader reader = nodes.size() == 1 ? new NodeView(rpc, deployment) : quorum(nodes, properties, deployment);
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        SenderSettings settings =
                new SenderSettings(new BigInteger(properties.maxFeePerGas()), DOUBT, properties.stuckAfter());
        List<DurableSender> lanes = keys(properties)
                .map(key -> new DurableSender(
                        rpc,
                        reader,
                        new TransactionSigner(key, deployment.chainId()),
                        settings,
                        new JdbcTransactionStore(jdbc, transaction, key.address()),
                        transaction,
                        probe,
                        Clock.systemUTC()))
                .toList();
        EscrowChain chain = new SendingChain(rpc, reader, deployment, new SenderLanes(lanes));
        Gauge.builder("clearmarket.chain.transactions.open", chain, EscrowChain::open)
                .description("signed and not final")
                .register(metrics);
        return chain;
    }

    private static Stream<EthSigner> keys(ChainProperties properties) {
        EthSigner first =
                KeyFiles.open(properties.senderKey(), properties.senderPassphrase(), properties.senderToken());
        return Stream.concat(
                Stream.of(first),
                properties.moreSenders().stream()
                        .map(each -> KeyFiles.open(each.key(), each.passphrase(), each.token())));
    }

    private static EscrowReader quorum(List<URI> nodes, ChainProperties properties, Deployment deployment) {
        int majority = nodes.size() / 2 + 1;
        return new QuorumReader(
                deployment,
                nodes.stream()
                        .<Supplier<EscrowReader>>map(url -> () -> new NodeView(new Rpc(url), deployment))
                        .toList(),
                Objects.requireNonNullElse(properties.quorum(), majority));
    }

    @Bean
    NodeViews nodeViews(EscrowChain chain) {
        return url -> new NodeView(new Rpc(url), chain.deployment());
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }
}
