package io.clearmarket.gateway.config;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A second, encrypted door on the local network's address, for trying a phone; only where it is asked for. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("clearmarket.lan.address")
@EnableConfigurationProperties(LanConnector.Lan.class)
class LanConnector {
    /**
     * The door.
     *
     * @param address of this machine
     * @param certificate PEM file, for that address
     * @param key PEM file of its key
     * @param authority PEM file of who issued it, which a phone may take for trusted
     */
    @ConfigurationProperties("clearmarket.lan")
    record Lan(String address, int port, Path certificate, Path key, Path authority) {}

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> lanDoor(Lan lan) {
        return factory -> factory.addAdditionalConnectors(connector(lan));
    }

    private static Connector connector(Lan lan) {
        Connector connector = new Connector(Http11NioProtocol.class.getName());
        connector.setProperty("address", lan.address());
        connector.setPort(lan.port());
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        connector.setProperty("compression", "on");
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        SSLHostConfig tls = new SSLHostConfig();
        tls.setProtocols("TLSv1.2+TLSv1.3");
        SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.EC);
        certificate.setCertificateFile(lan.certificate().toString());
        certificate.setCertificateKeyFile(lan.key().toString());
        tls.addCertificate(certificate);
        connector.addSslHostConfig(tls);
        return connector;
    }

    @Bean
    PublicPaths lanPaths() {
        return PublicPaths.of(Authority.PATH);
    }

    /** The certificate authority, for a phone to install. */
    @RestController
    @Hidden
    @ConditionalOnProperty("clearmarket.lan.address")
    static class Authority {
        static final String PATH = "/lan/ca.crt";
        private final Lan lan;

        Authority(Lan lan) {
            this.lan = lan;
        }

        @GetMapping(PATH)
        ResponseEntity<byte[]> certificate() throws IOException {
            return ResponseEntity.ok()
                    .contentType(MediaType.parseMediaType("application/x-x509-ca-cert"))
                    .body(Files.readAllBytes(lan.authority()));
        }
    }
}
