package io.clearmarket.gateway.epcis.query;

import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tomcat's WebSockets, which the embedded one does not look for by itself. */
@Configuration(proxyBeanMethods = false)
class StreamConfiguration {
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> webSockets() {
        return factory ->
                factory.addContextCustomizers(context -> context.addServletContainerInitializer(new WsSci(), null));
    }
}
