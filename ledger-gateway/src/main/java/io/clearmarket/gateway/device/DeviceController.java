package io.clearmarket.gateway.device;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Records.Device;
import io.clearmarket.gateway.readmodel.Answer;
import io.clearmarket.gateway.readmodel.AsOf;
import io.clearmarket.gateway.readmodel.InvalidQuery;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Devices, and the batches of readings that they sign. Who brings a batch is of no importance: its signature counts. */
@RestController
@Tag(name = "Devices", description = "Measuring devices and the readings that they sign")
class DeviceController {
    private static final int MOST = 1_000;

    private final DeviceBatches batches;
    private final Anchors anchors;
    private final ReadModel ledger;

    DeviceController(DeviceBatches batches, Anchors anchors, ReadModel ledger) {
        this.batches = batches;
        this.anchors = anchors;
        this.ledger = ledger;
    }

    /** A device, and beside it the block at which this is so. */
    record DeviceAnswer(@JsonUnwrapped Device device, AsOf asOf) {}

    /** What became of each batch, in their order. */
    record Verdicts(List<Verdict> verdicts) {}

    @PostMapping(path = "/api/v1/device-batches", consumes = MediaType.TEXT_PLAIN_VALUE)
    @Operation(
            summary = "Brings batches of readings",
            description =
                    "One JSON Web Signature (ES256 or EdDSA) a line, compact or flattened JSON, at most 1000; each is"
                            + " judged by itself.")
    Verdicts take(@RequestBody String body) {
        List<String> lines = body.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty() || lines.size() > MOST) {
            throw new InvalidQuery("body", lines.size() + " lines", "1 to " + MOST + " lines");
        }
        return new Verdicts(batches.take(lines));
    }

    @GetMapping("/api/v1/device-batches/{hash}")
    @Operation(
            summary = "A batch and its way to a root on the ledger",
            description = "hash is the SHA-256 of the batch's text. 404 until it is under a root.")
    Anchors.Proof proof(@PathVariable Digest hash) {
        return anchors.proof(hash).orElseThrow(() -> missing("no batch of this hash is under a root"));
    }

    @GetMapping("/api/v1/devices/{device}")
    @Operation(
            summary = "A device",
            description = "Its owner, key, calibration and revocation, by the SHA-256 of its key.")
    DeviceAnswer device(@PathVariable Digest device) {
        Answer<Optional<Device>> answer =
                ledger.answer(() -> ledger.record(RecordKind.DEVICE, Device.class, device.hex()));
        return new DeviceAnswer(
                answer.value().orElseThrow(() -> missing("no device of this id is registered")), answer.asOf());
    }

    private static ResponseStatusException missing(String what) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, what);
    }
}
