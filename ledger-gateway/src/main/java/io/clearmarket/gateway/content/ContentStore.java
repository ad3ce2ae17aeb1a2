package io.clearmarket.gateway.content;

import io.clearmarket.chaincode.api.Digest;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Documents by their SHA-256: written once, never changed. Says nothing about who may read them. */
@Component
@EnableConfigurationProperties(ContentProperties.class)
public class ContentStore {
    private final JdbcClient database;
    private final long maxBytes;
    private final long maxModelBytes;

    public ContentStore(JdbcClient database, ContentProperties properties) {
        this.database = database;
        this.maxBytes = properties.maxSize().toBytes();
        this.maxModelBytes = properties.maxModelSize().toBytes();
    }

    /** The largest document taken, in bytes. */
    public long maxBytes() {
        return maxBytes;
    }

    /** The largest document of this media type that is taken, in bytes. */
    public long maxBytes(String mediaType) {
        return mediaType.equals(Document.MODEL) ? maxModelBytes : maxBytes;
    }

    /**
     * Keeps a document; one that is here already stays as it is.
     *
     * @param storedBy who brought it, the party id or the token's subject
     * @return its hash
     * @throws IllegalArgumentException if it is larger than {@link #maxBytes(String)}
     */
    public Digest put(byte[] bytes, String mediaType, String storedBy) {
        long most = maxBytes(mediaType);
        if (bytes.length > most) {
            throw new IllegalArgumentException(
                    "the document has " + bytes.length + " bytes; at most " + most + " are kept");
        }
        Digest hash = Digest.sha256(bytes);
        database.sql("""
                        insert into document (sha256, media_type, bytes, stored_by, stored_at) values (?, ?, ?, ?, ?)
                        on conflict (sha256) do nothing""")
                .params(hash.hex(), mediaType, bytes, storedBy, Timestamp.from(Instant.now()))
                .update();
        return hash;
    }

    /** The document of that hash, to be given out. */
    public Optional<KeptDocument> find(Digest hash) {
        return database.sql("select media_type, stored_by, length(bytes) from document where sha256 = ?")
                .param(hash.hex())
                .query((row, i) -> new KeptDocument(this, hash, row.getString(1), row.getString(2), row.getLong(3)))
                .optional();
    }

    /** Bytes of a document from an offset on, as many as are wanted or there. */
    byte[] part(Digest hash, long offset, int wanted) {
        return database.sql("select substring(bytes from ? for ?) from document where sha256 = ?")
                .params(Math.toIntExact(offset + 1), wanted, hash.hex())
                .query(byte[].class)
                .single();
    }

    /** The document of that hash, all of it. */
    public Optional<Document> get(Digest hash) {
        return database.sql("select media_type, bytes, stored_by from document where sha256 = ?")
                .param(hash.hex())
                .query((row, i) -> new Document(hash, row.getString(1), row.getBytes(2), row.getString(3)))
                .optional();
    }

    /** The media type of the document of that hash. */
    public Optional<String> mediaType(Digest hash) {
        return database.sql("select media_type from document where sha256 = ?")
                .param(hash.hex())
                .query(String.class)
                .optional();
    }

    /** True if the document of that hash is here. */
    public boolean contains(Digest hash) {
        return database.sql("select exists (select 1 from document where sha256 = ?)")
                .param(hash.hex())
                .query(Boolean.class)
                .single();
    }
}
