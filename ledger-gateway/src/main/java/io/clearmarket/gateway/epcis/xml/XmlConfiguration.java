package io.clearmarket.gateway.epcis.xml;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets answers be given in XML where {@link InXml} says that they can be. */
@Configuration(proxyBeanMethods = false)
class XmlConfiguration implements WebMvcConfigurer {
    @Override
    public void configureMessageConverters(ServerBuilder converters) {
        converters.addCustomConverter(new InXmlConverter());
    }
}
