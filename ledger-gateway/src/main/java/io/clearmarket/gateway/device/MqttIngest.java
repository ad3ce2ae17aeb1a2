package io.clearmarket.gateway.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes batches from an MQTT 5 broker (OASIS MQTT 5.0): a message's payload is one batch. A message is acknowledged once its batch was
 * kept or refused for good, so what was on its way when the gateway died comes again, and is a replay if it had been kept. The broker is
 * trusted with nothing but delivery.
 */
class MqttIngest implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(MqttIngest.class);

    /** The most messages that the broker sends ahead of their acknowledgement (MQTT 5.0, section 3.1.2.11.3). */
    private static final int IN_FLIGHT = 500;
    /** The broker keeps what comes while the gateway is away for so long. */
    private static final Duration SESSION = Duration.ofHours(1);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DeviceBatches batches;
    private final DeviceProperties.Mqtt settings;
    /** With room for what is sent without acknowledgement; more of that is dropped, as its sender accepted. */
    private final BlockingQueue<Mqtt5Publish> arrived = new LinkedBlockingQueue<>(4 * IN_FLIGHT);

    private @Nullable Mqtt5AsyncClient client;
    private @Nullable Thread worker;

    MqttIngest(DeviceBatches batches, DeviceProperties.Mqtt settings) {
        this.batches = batches;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        if (client != null) {
            return;
        }
        Mqtt5AsyncClient started = client(settings);
        client = started;
        worker = Thread.ofVirtual().name("device-mqtt").start(this::work);
        // before the connection: a session that the broker still has brings its messages at once
        started.publishes(MqttGlobalPublishFilter.ALL, arrived::offer, true);
        var unused = started.connect(Mqtt5Connect.builder()
                        .cleanStart(false)
                        .sessionExpiryInterval(SESSION.toSeconds())
                        .restrictions()
                        .receiveMaximum(IN_FLIGHT)
                        .maximumPacketSize(2 * SignedBatch.LONGEST)
                        .applyRestrictions()
                        .build())
                .whenComplete((connected, failure) -> {
                    if (failure == null) {
                        subscribe(started);
                    } else {
                        LOG.warn("no connection to the MQTT broker: {}", failure.toString());
                    }
                });
    }

    @Override
    public synchronized void stop() {
        if (client != null && worker != null) {
            worker.interrupt();
            var unused = client.disconnect();
            client = null;
            arrived.clear();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return client != null;
    }

    /** Connects again by itself, whatever happens, and has its subscription back then. */
    private static Mqtt5AsyncClient client(DeviceProperties.Mqtt settings) {
        Mqtt5ClientBuilder builder = Mqtt5Client.builder()
                .identifier(settings.clientId())
                .serverHost(settings.host())
                .serverPort(settings.port())
                .automaticReconnectWithDefaultConfig();
        if (settings.tls()) {
            builder = builder.sslConfig(BrokerTls.trusting(settings.ca()));
        }
        if (!settings.username().isEmpty()) {
            builder = builder.simpleAuth()
                    .username(settings.username())
                    .password(settings.password().getBytes(UTF_8))
                    .applySimpleAuth();
        }
        return builder.buildAsync();
    }

    private void subscribe(Mqtt5AsyncClient connected) {
        var unused = connected
                .subscribe(Mqtt5Subscribe.builder()
                        .topicFilter(settings.topic())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .build())
                .whenComplete((granted, failure) -> {
                    if (failure == null) {
                        LOG.info("batches come from {} at {}:{}", settings.topic(), settings.host(), settings.port());
                    } else {
                        LOG.warn("no subscription to {}: {}", settings.topic(), failure.toString());
                    }
                });
    }

    private void work() {
        List<Mqtt5Publish> messages = new ArrayList<>();
        try {
            while (true) {
                messages.add(arrived.take());
                arrived.drainTo(messages, IN_FLIGHT - 1);
                take(messages);
                messages.clear();
            }
        } catch (InterruptedException asked) {
            LOG.debug("no more batches by MQTT");
        }
    }

    /** Until the database has them: the broker sends no more meanwhile. */
    private void take(List<Mqtt5Publish> messages) throws InterruptedException {
        List<String> texts = messages.stream()
                .map(message -> new String(message.getPayloadAsBytes(), UTF_8))
                .toList();
        while (true) {
            try {
                batches.take(texts);
                messages.forEach(Mqtt5Publish::acknowledge);
                return;
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("batches by MQTT wait for the database: {}", e.toString());
                Thread.sleep(PAUSE);
            }
        }
    }
}
