package io.clearmarket.gateway.proof;

import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.SignedNote;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checkpoints that the log signed; never forgotten, so that it never signs a fork. */
@Component
class CheckpointStore {
    private final JdbcClient database;

    CheckpointStore(JdbcClient database) {
        this.database = database;
    }

    /** The newest that was signed. */
    Optional<SignedNote> newest() {
        return note("order by size desc limit 1");
    }

    /** The newest that a quorum of witnesses cosigned. */
    Optional<SignedNote> newestWitnessed() {
        return note("where witnessed order by size desc limit 1");
    }

    private Optional<SignedNote> note(String which) {
        return database.sql("select note from log_checkpoint " + which)
                .query((row, i) -> SignedNote.parse(row.getString(1)))
                .optional();
    }

    /** Keeps a signed checkpoint before anybody sees it; one with more signatures replaces one with fewer. */
    void save(Checkpoint checkpoint, SignedNote note, boolean witnessed) {
        database.sql("""
                        insert into log_checkpoint (size, root, note, witnessed) values (?, ?, ?, ?)
                        on conflict (size) do update set note = excluded.note, witnessed = excluded.witnessed
                        where log_checkpoint.root = excluded.root""")
                .params(checkpoint.size(), checkpoint.root().hex(), note.encoded(), witnessed)
                .update();
    }
}
