package io.clearmarket.gateway.content;

import io.clearmarket.chaincode.api.Digest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stored document.
 *
 * @param mediaType as said by who stored it
 * @param storedBy the party id or the token's subject
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record Document(Digest hash, String mediaType, byte[] bytes, String storedBy) {
    /** 3D models, which are larger than other documents, and public where an item's maker names them. */
    public static final String MODEL = "model/gltf-binary";

    /** Shown as what they are; anything else is handed out as mere bytes. */
    private static final Set<String> KNOWN = Set.of(
            "application/json",
            "application/ld+json",
            "application/pdf",
            "text/plain",
            "image/png",
            "image/jpeg",
            Document.MODEL);

    /** The media type to keep a document with, from what its sender says it is. */
    public static String mediaType(@Nullable String said) {
        String type = said == null ? "" : said.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return KNOWN.contains(type) ? type : "application/octet-stream";
    }
}
