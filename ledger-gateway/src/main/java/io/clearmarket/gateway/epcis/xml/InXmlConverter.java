package io.clearmarket.gateway.epcis.xml;

import java.io.IOException;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Answers in XML what can be. */
public final class InXmlConverter extends AbstractHttpMessageConverter<InXml> {
    public InXmlConverter() {
        super(MediaType.APPLICATION_XML, MediaType.TEXT_XML);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return InXml.class.isAssignableFrom(type);
    }

    @Override
    protected InXml readInternal(Class<? extends InXml> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("documents are read by EpcisXmlReader", message);
    }

    @Override
    protected void writeInternal(InXml answer, HttpOutputMessage message) throws IOException {
        message.getBody().write(answer.xml());
    }
}
