package io.clearmarket.gateway.epcis.capture;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.gateway.epcis.capture.CaptureJob.Behaviour;
import io.clearmarket.wallet.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Capture jobs; one that is running when the gateway ends goes on when it starts again. */
@Component
class CaptureJobStore {
    private final JdbcClient database;

    CaptureJobStore(JdbcClient database) {
        this.database = database;
    }

    void add(CaptureJob job) {
        database.sql("""
                        insert into capture_job
                            (id, owner, managed, document, behaviour, created_at, running, success, errors, duplicates)
                        values (?, ?, ?, ?, ?, ?, true, true, '[]', '[]')""")
                .params(Arrays.asList(
                        job.captureId(),
                        job.owner(),
                        job.managed(),
                        job.document().hex(),
                        job.captureErrorBehaviour().name(),
                        Timestamp.from(job.createdAt())))
                .update();
    }

    void finish(CaptureJob job) {
        database.sql("""
                        update capture_job
                        set running = false, success = ?, finished_at = ?, errors = ?::jsonb, duplicates = ?::jsonb
                        where id = ?""")
                .params(Arrays.asList(
                        job.success(),
                        job.finishedAt() == null ? null : Timestamp.from(job.finishedAt()),
                        Json.MAPPER.writeValueAsString(job.errors()),
                        Json.MAPPER.writeValueAsString(job.duplicates()),
                        job.captureId()))
                .update();
    }

    Optional<CaptureJob> find(String id, String owner) {
        return database.sql("select * from capture_job where id = ? and owner = ?")
                .params(id, owner)
                .query(CaptureJobStore::job)
                .optional();
    }

    /** An owner's jobs, newest first. */
    List<CaptureJob> page(String owner, int offset, int limit) {
        return database.sql("select * from capture_job where owner = ? order by created_at desc, id limit ? offset ?")
                .params(owner, limit, offset)
                .query(CaptureJobStore::job)
                .list();
    }

    List<CaptureJob> running() {
        return database.sql("select * from capture_job where running order by created_at, id")
                .query(CaptureJobStore::job)
                .list();
    }

    private static CaptureJob job(ResultSet row, int number) throws SQLException {
        Timestamp finished = row.getTimestamp("finished_at");
        return new CaptureJob(
                row.getString("id"),
                row.getString("owner"),
                row.getString("managed"),
                new Digest(row.getString("document")),
                row.getTimestamp("created_at").toInstant(),
                finished == null ? null : finished.toInstant(),
                row.getBoolean("running"),
                row.getBoolean("success"),
                Behaviour.valueOf(row.getString("behaviour")),
                list(row.getString("errors")),
                list(row.getString("duplicates")));
    }

    private static List<JsonNode> list(String json) {
        return Json.MAPPER.readTree(json).valueStream().toList();
    }
}
