package io.clearmarket.gateway.device;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientSslConfigBuilder;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.TlsTrust;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom the gateway takes for its MQTT broker. */
final class BrokerTls {
    private BrokerTls() {}

    /**
     * TLS 1.2 or 1.3; the certificate must name the host that is connected to (RFC 6125).
     *
     * @param ca PEM file of the only authority that is trusted; null for those of the JDK
     */
    static MqttClientSslConfig trusting(@Nullable Path ca) {
        MqttClientSslConfigBuilder tls = MqttClientSslConfig.builder().protocols(List.of("TLSv1.3", "TLSv1.2"));
        return (ca == null ? tls : tls.trustManagerFactory(only(ca))).build();
    }

    private static TrustManagerFactory only(Path ca) {
        try {
            return TlsTrust.only(Pem.certificate(PrivateFiles.readText(ca)));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(ca + " can't be trusted: " + e.getMessage(), e);
        }
    }
}
