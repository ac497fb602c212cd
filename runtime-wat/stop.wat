;; What ends the image: an error of the host's own code while the module called it, or a state for which the image's own
;; protocol has no answer. All frames leave as Contexts, so that the host can tell where the image was; nothing runs after that.

(global $stopping (mut i32) (i32.const 0))
(global $stop_text_length (export "stopTextLength") (mut i32) (i32.const 0))   ;; why, in the transfer area; 0: the host knows

;; The host, within an import that fails; what the import answers then means nothing.
(func $fail_host (export "failHost")
  (global.set $stopping (i32.const 1))
  (global.set $countdown (i32.const -1)))

;; Behind a primitive that called a host which failed: the method with the primitive is the youngest activation.
(func $leave_primitive (param $result eqref) (param $method (ref $CompiledMethod)) (param $receiver eqref)
    (param $arguments (ref $Slots)) (result eqref)
  (if (ref.eq (local.get $result) (global.get $unwind)) (then (return (local.get $result))))
  (return_call $begin_capture_retry (local.get $method) (local.get $receiver) (local.get $arguments)))

;; Why stands in the transfer area. Answers $unwind: the sender is the youngest activation.
(func $begin_stop (param $length i32) (result eqref)
  (global.set $stopping (i32.const 1))
  (global.set $stop_text_length (local.get $length))
  (return_call $begin_capture_restart))

;; The same for what the interpreter runs, at the bytecode at $pc.
(func $stop_interpreter (param $number i32) (param $context (ref $Context)) (param $pc i32) (param $sp i32)
    (param $depth i32) (result eqref)
  (call $place_text (local.get $number) (local.get $context) (local.get $pc))
  (drop (call $begin_stop (global.get $trace_end)))
  (return_call $capture_interpreter (local.get $context) (local.get $pc) (local.get $sp) (local.get $depth)))

;; All Contexts are in the heap.
(func $stop (result i32)
  (local $context (ref $Context))
  (if (i32.eqz (ref.is_null (global.get $retry_method)))
    (then
      (local.set $context (call $context_for (ref.as_non_null (global.get $retry_method)) (global.get $retry_receiver)
        (global.get $retry_arguments)))
      (struct.set $Context $sender (local.get $context) (global.get $active_context))
      (global.set $active_context (local.get $context))))
  (i32.const 4))

;; --- why ---

(data $fatal_1 "a bytecode that does not exist, and no selector for it among the special objects")
(data $fatal_2 "doesNotUnderstand: or run:with:in: is not understood")
(data $fatal_3 "the oldest activation of a process returned")
(data $fatal_4 "the process to run has no suspended context")
(data $fatal_5 "there are more than 32767 classes")
(data $fatal_6 "a store into a literal that is no variable")

;; Writes the message into the transfer area, where $trace_end is its length then.
(func $fatal_text (param $number i32)
  (local $length i32)
  (block $six (block $five (block $four (block $three (block $two (block $one
    (br_table $one $one $two $three $four $five $six (local.get $number)))
    (memory.init $fatal_1 (i32.const 0) (i32.const 0) (local.tee $length (i32.const 80))) (br $six))
    (memory.init $fatal_2 (i32.const 0) (i32.const 0) (local.tee $length (i32.const 52))) (br $six))
    (memory.init $fatal_3 (i32.const 0) (i32.const 0) (local.tee $length (i32.const 43))) (br $six))
    (memory.init $fatal_4 (i32.const 0) (i32.const 0) (local.tee $length (i32.const 43))) (br $six))
    (memory.init $fatal_5 (i32.const 0) (i32.const 0) (local.tee $length (i32.const 33))))
  (if (i32.eqz (local.get $length))
    (then (memory.init $fatal_6 (i32.const 0) (i32.const 0) (local.tee $length (i32.const 42)))))
  (global.set $trace_end (local.get $length)))

(data $where " in ")
(data $pc_text " pc ")

;; The same with the method, and the pc as the image counts it.
(func $place_text (param $number i32) (param $context (ref $Context)) (param $pc i32)
  (call $fatal_text (local.get $number))
  (memory.init $where (global.get $trace_end) (i32.const 0) (i32.const 4))
  (global.set $trace_end (i32.add (global.get $trace_end) (i32.const 4)))
  (call $trace_method (struct.get $Context $method (local.get $context)))
  (memory.init $pc_text (global.get $trace_end) (i32.const 0) (i32.const 4))
  (global.set $trace_end (i32.add (global.get $trace_end) (i32.const 4)))
  (struct.set $Context $pc (local.get $context) (local.get $pc))
  (call $trace_number (call $small_or (call $slot_get (local.get $context) (i32.const 1)) (i32.const 0))))

(func $report_fatal (param $number i32)
  (call $fatal_text (local.get $number))
  (call $host_report (i32.const 0) (global.get $trace_end)))

;; Where no frame can leave.
(func $fatal (param $number i32)
  (call $report_fatal (local.get $number))
  (unreachable))
