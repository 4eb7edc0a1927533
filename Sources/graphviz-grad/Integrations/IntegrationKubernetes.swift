extension Integration {
  /// The server in a cluster.
  static let kubernetes = Integration(
    name: "kubernetes",
    summary: "servers behind one address, as a manifest for Kubernetes",
    text: #"""
      # Servers of figures behind one address. Set the image to where yours is (.packaging/Containerfile
      # describes it), save as graphviz-grad.yaml, and say: kubectl apply -f graphviz-grad.yaml
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: graphviz-grad
        labels:
          app: graphviz-grad
      spec:
        # They hold no state: as many as there is to draw.
        replicas: 2
        selector:
          matchLabels:
            app: graphviz-grad
        template:
          metadata:
            labels:
              app: graphviz-grad
            annotations:
              prometheus.io/scrape: "true"
              prometheus.io/port: "8000"
              prometheus.io/path: /metrics
          spec:
            automountServiceAccountToken: false
            terminationGracePeriodSeconds: 15
            securityContext:
              runAsNonRoot: true
              runAsUser: 65534
              runAsGroup: 65534
              seccompProfile:
                type: RuntimeDefault
            containers:
              - name: graphviz-grad
                image: graphviz-grad:latest
                args: ["serve", "--listen", "0.0.0.0", "--port", "8000", "--workers", "2", "--memory", "500MB"]
                ports:
                  - name: http
                    containerPort: 8000
                resources:
                  requests:
                    cpu: "1"
                    memory: 300Mi
                  limits:
                    cpu: "2"
                    # The server, and each worker at its limit.
                    memory: 1500Mi
                startupProbe:
                  httpGet:
                    path: /health
                    port: http
                  periodSeconds: 1
                  failureThreshold: 30
                readinessProbe:
                  httpGet:
                    path: /health
                    port: http
                  periodSeconds: 5
                livenessProbe:
                  httpGet:
                    path: /health
                    port: http
                  periodSeconds: 10
                  failureThreshold: 3
                securityContext:
                  allowPrivilegeEscalation: false
                  readOnlyRootFilesystem: true
                  capabilities:
                    drop: ["ALL"]
                volumeMounts:
                  - name: tmp
                    mountPath: /tmp
            volumes:
              - name: tmp
                emptyDir:
                  sizeLimit: 64Mi
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: graphviz-grad
      spec:
        selector:
          app: graphviz-grad
        ports:
          - name: http
            port: 80
            targetPort: http
      ---
      # A server asks nobody: what it draws comes with the question.
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: graphviz-grad
      spec:
        podSelector:
          matchLabels:
            app: graphviz-grad
        policyTypes: ["Ingress", "Egress"]
        ingress:
          - ports:
              - port: http
        egress: []

      """#)
}
