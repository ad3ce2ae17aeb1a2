package io.clearmarket.gateway.device;

import io.clearmarket.gateway.epcis.sensor.SensorReports;
import io.clearmarket.gateway.identity.ManagedIdentities;
import io.clearmarket.gateway.readmodel.ReadModel;
import io.clearmarket.gateway.submission.Submissions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** The module's parts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeviceProperties.class)
class DeviceConfiguration {
    @Bean
    DeviceBatches deviceBatches(
            BatchStore store, TransactionTemplate transaction, ReadModel ledger, MeterRegistry meters) {
        return new DeviceBatches(store, transaction, ledger, meters, InstantSource.system());
    }

    @Bean
    AnchorLoop anchorLoop(
            Anchors anchors, Submissions submissions, ManagedIdentities identities, DeviceProperties properties) {
        return new AnchorLoop(
                anchors,
                submissions,
                identities,
                properties.collector(),
                properties.anchorEvery(),
                InstantSource.system());
    }

    @Bean
    ReportLoop reportLoop(
            Anchors anchors,
            SensorReports reports,
            ManagedIdentities identities,
            DeviceProperties properties,
            MeterRegistry meters) {
        return new ReportLoop(anchors, reports::report, identities, properties, meters, InstantSource.system());
    }

    @Bean
    @ConditionalOnProperty("clearmarket.devices.mqtt.host")
    MqttIngest mqttIngest(DeviceBatches batches, DeviceProperties properties) {
        return new MqttIngest(batches, properties.mqtt());
    }
}
