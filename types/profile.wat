;; What instrumented builds keep of a method (runtime-wat/profile.wat). Other builds have none of this.
;;@if INSTRUMENTED
(type $MethodProfile (sub final (struct
  (field $next (ref null $MethodProfile))       ;; of all that there are
  (field $method (ref $CompiledMethod))
  (field $bytecodes (mut i64))                  ;; executed
  (field $interpreted (mut i64))                ;; those of them that the interpreter executed
  (field $activations (mut (ref null $Tally)))  ;; by first pc
  (field $captures (mut (ref null $Tally)))     ;; by pc << 4 | reason
  (field $sites (ref $Slots)))))                ;; by pc: $SendSite, $JumpSite, null

;; pcs are 0-based.
(type $SendSite (sub final (struct
  (field $selector i32)
  (field $count (mut i64))
  (field $misses (mut i64))                     ;; sends that no cache knew the method for
  (field $general (mut i64))                    ;; of arithmetic: see $count_operation
  (field $receivers (mut (ref null $Tally)))    ;; by class index
  (field $blocks (mut (ref null $Tally))))))    ;; receivers that are closures: by method and first pc
(type $JumpSite (sub final (struct
  (field $taken (mut i64))
  (field $notTaken (mut i64)))))

;; A list of counts.
(type $Tally (sub final (struct
  (field $next (ref null $Tally))
  (field $method (ref null $CompiledMethod))
  (field $key i32)
  (field $count (mut i64)))))
;;@endif
