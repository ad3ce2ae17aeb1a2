package io.clearmarket.gateway.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.gateway.config.CodedProblem;
import io.clearmarket.gateway.proof.ProofConfiguration.PublishedPolicy;
import io.clearmarket.gateway.proof.tree.TilePath;
import io.clearmarket.gateway.proof.tree.TileTree;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.LogLeaf;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The log as C2SP tlog-tiles has it, so that other people's monitors can read it. Public. */
@RestController
@RequestMapping("/log")
@Tag(name = "Transparency log", description = "C2SP tlog-tiles over everything the ledger wrote")
class LogController {
    private static final MediaType TEXT = new MediaType("text", "plain", UTF_8);

    private final LogStore log;
    private final CheckpointStore checkpoints;
    private final PublishedPolicy policy;

    LogController(LogStore log, CheckpointStore checkpoints, PublishedPolicy policy) {
        this.log = log;
        this.checkpoints = checkpoints;
        this.policy = policy;
    }

    @GetMapping("/checkpoint")
    @Operation(
            summary = "The newest checkpoint that a quorum of witnesses cosigned",
            description = "A C2SP signed note.")
    @ApiResponse(
            responseCode = "200",
            description = "A signed note",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", description = "None was witnessed yet")
    ResponseEntity<String> checkpoint() {
        return checkpoints
                .newestWitnessed()
                .map(note -> ResponseEntity.ok()
                        .contentType(TEXT)
                        .cacheControl(CacheControl.noStore())
                        .body(note.encoded()))
                .orElseThrow(() -> ProofProblem.notFound("no checkpoint was witnessed yet", "ask again in a second"));
    }

    @GetMapping("/policy")
    @Operation(
            summary = "The trust policy of this market",
            description = "To compare with the one that you pinned; a C2SP tlog-policy.")
    @ApiResponse(
            responseCode = "200",
            description = "A policy",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    ResponseEntity<String> policy() {
        return ResponseEntity.ok().contentType(TEXT).body(policy.text());
    }

    @GetMapping("/tile/{level:[0-9]{1,2}}/{*path}")
    @Operation(
            summary = "A tile of hashes",
            description = "N is in groups of three digits, all but the last with an x.")
    @ApiResponse(
            responseCode = "200",
            description = "Hashes",
            content =
                    @Content(
                            mediaType = "application/octet-stream",
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> tile(
            @PathVariable int level,
            @Parameter(schema = @Schema(type = "string", pattern = TilePath.FORM)) @PathVariable String path) {
        TilePath wanted = TilePath.parse(path.substring(1)).orElseThrow(LogController::malformed);
        byte[] hashes = log.findTile(level, wanted.index())
                .filter(tile -> tile.length >= wanted.width() * Hash.BYTES)
                .orElseThrow(LogController::noTile);
        return immutable(Arrays.copyOf(hashes, wanted.width() * Hash.BYTES));
    }

    @GetMapping("/tile/entries/{*path}")
    @Operation(summary = "A bundle of leaves", description = "Each with its length before it, two bytes, big-endian.")
    @ApiResponse(
            responseCode = "200",
            description = "Leaves",
            content =
                    @Content(
                            mediaType = "application/octet-stream",
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> entries(
            @Parameter(schema = @Schema(type = "string", pattern = TilePath.FORM)) @PathVariable String path) {
        TilePath wanted = TilePath.parse(path.substring(1)).orElseThrow(LogController::malformed);
        long from = wanted.index() * TileTree.TILE_WIDTH;
        List<LogLeaf> leaves = log.leaves(from, from + wanted.width());
        if (leaves.size() < wanted.width()) {
            throw noTile();
        }
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (LogLeaf leaf : leaves) {
            byte[] bytes = leaf.bytes();
            bundle.write(bytes.length >> 8);
            bundle.write(bytes.length);
            bundle.writeBytes(bytes);
        }
        return immutable(bundle.toByteArray());
    }

    @GetMapping("/consistency/{first}/{second}")
    @Operation(
            summary = "The proof that the log of a size begins with the one of a smaller size",
            description = "RFC 6962, section 2.1.2: hashes in base64, one a line.")
    @ApiResponse(
            responseCode = "200",
            description = "Hashes",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", description = "The log was never both")
    ResponseEntity<String> consistency(
            @Parameter(schema = @Schema(type = "integer", format = "int64", minimum = "1")) @PathVariable long first,
            @Parameter(schema = @Schema(type = "integer", format = "int64", minimum = "1")) @PathVariable long second) {
        if (first < 1 || first >= second || second > log.size()) {
            throw ProofProblem.notFound(
                    "the log was never of " + first + " and then of " + second + " leaves",
                    "ask for the sizes of two checkpoints, the smaller first");
        }
        StringBuilder hashes = new StringBuilder();
        log.tree()
                .consistency(first, second)
                .forEach(hash -> hashes.append(hash.base64()).append('\n'));
        return ResponseEntity.ok()
                .contentType(TEXT)
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .body(hashes.toString());
    }

    private static ResponseEntity<byte[]> immutable(byte[] body) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .body(body);
    }

    private static RuntimeException malformed() {
        return CodedProblem.of(
                HttpStatus.BAD_REQUEST, "INVALID_VALUE", "this is no tile's path", "for example 067 or x001/234.p/17");
    }

    private static RuntimeException noTile() {
        return ProofProblem.notFound("the log has no such tile", "ask for what the checkpoint's size calls for");
    }
}
