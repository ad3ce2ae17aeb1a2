package io.clearmarket.gateway.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes an answer's JSON once all of it is there, with its length (RFC 9112, section 6.2). In chunks, as an answer goes that is longer than the
 * server's buffer or is flushed, its end is a packet of its own, and who reads it is woken once more.
 */
final class JsonInOnePiece extends JacksonJsonHttpMessageConverter {

    JsonInOnePiece(JsonMapper mapper) {
        super(mapper);
    }

    @Override
    protected void writeInternal(
            Object object, ResolvableType type, HttpOutputMessage answer, @Nullable Map<String, Object> hints)
            throws IOException {
        Whole whole = new Whole(answer.getHeaders());
        super.writeInternal(object, type, whole, hints);
        answer.getHeaders().setContentLength(whole.bytes.size());
        whole.bytes.writeTo(answer.getBody());
    }

    private record Whole(ByteArrayOutputStream bytes, HttpHeaders headers) implements HttpOutputMessage {
        Whole(HttpHeaders headers) {
            this(new ByteArrayOutputStream(), headers);
        }

        @Override
        public OutputStream getBody() {
            return bytes;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
