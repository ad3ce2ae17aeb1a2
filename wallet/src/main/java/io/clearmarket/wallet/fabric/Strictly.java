package io.clearmarket.wallet.fabric;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.List;

/** Reads messages that a person will be shown: what this version does not know could not be shown, so it is refused. */
final class Strictly {
    private Strictly() {}

    static <T extends Message> T parse(Parser<T> parser, ByteString bytes, String what) {
        T message;
        try {
            message = parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new RefusedToSign(what + " cannot be decoded: " + e.getMessage(), e);
        }
        requireKnown(message, what);
        return message;
    }

    private static void requireKnown(Message message, String what) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw new RefusedToSign(what + " holds fields that this wallet does not know: "
                    + message.getUnknownFields().asMap().keySet());
        }
        for (Object value : message.getAllFields().values()) {
            if (value instanceof Message nested) {
                requireKnown(nested, what);
            } else if (value instanceof List<?> repeated) { // not Iterable: ByteString is one, of boxed bytes
                for (Object item : repeated) {
                    if (item instanceof Message nested) {
                        requireKnown(nested, what);
                    }
                }
            }
        }
    }
}
