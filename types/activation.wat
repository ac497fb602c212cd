;; Activations: code signatures, closures, frame tokens and Contexts.

;;@repeat 0 15
(type $Code@n (func (param eqref) @each{(param eqref) }(param i32 i32) (result eqref)))
(type $Block@n (func (param (ref $BlockClosure)) @each{(param eqref) }(param i32) (result eqref)))
(type $CodeCache@n (array (mut (ref null $Code@n))))
;;@end

;; Stands for the Context of a native activation. $home is null in a method's own token, else the method's.
(type $FrameToken (sub final (struct
  (field $context (mut (ref null $Context)))
  (field $method (ref $CompiledMethod))
  (field $receiver eqref)
  (field $home eqref)                           ;; block activations: the token or Context of the closure's outer
  (field $closure (ref null $BlockClosure))     ;; block activations: their closure
  (field $barriers i32)                         ;; $barrier_count at creation
  (field $alive (mut i32)))))

;; $BlockClosure is what reflection handles; code comes with the subtype for the argument count.
(type $BlockClosure (sub $Object (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $outer (mut eqref))                    ;; $FrameToken, Context or nil; $FullBlock
  (field $startpc (mut i32))                    ;; 0-based offset of the block's first instruction
  (field $numArgs (mut i32))
  (field $copied (mut (ref $Slots))))))
;;@repeat 0 15
(type $BlockClosure@n (sub final $BlockClosure (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $outer (mut eqref)) (field $startpc (mut i32)) (field $numArgs (mut i32))
  (field $copied (mut (ref $Slots)))
  (field $code (mut (ref $Block@n))))))
;;@end

;; The $outer of a FullBlockClosure: what an embedded block's closure finds through its outer activation.
(type $FullBlock (sub final (struct
  (field $outer (mut eqref))                    ;; $FrameToken, Context or nil
  (field $method (mut (ref $CompiledMethod)))   ;; the CompiledBlock
  (field $receiver (mut eqref)))))

(type $Context (sub final $Object (struct
  (field $classIndex (mut i32)) (field $hash (mut i32))
  (field $sender (mut eqref))                   ;; Context, nil or $native_sender
  (field $pc (mut i32))                         ;; -1: nil
  (field $sp (mut i32))                         ;; live entries of $slots
  (field $method (mut (ref $CompiledMethod)))
  (field $closure (mut eqref))                  ;; nil for a method activation
  (field $receiver (mut eqref))
  (field $slots (mut (ref $Slots))))))

;; The $closure of a BlockContext: see runtime-wat/block_context.wat.
(type $BlockHome (sub final (struct
  (field $home (mut eqref))                     ;; the method's Context, or nil
  (field $numArgs (mut i32))
  (field $startpc (mut i32))                    ;; 0-based, as $pc
  (field $code (mut (ref null $LoopEntry))))))  ;; null: interpreted

;; The rest of an activation from a loop head on: Context, depth -> the method's result. Entries of kind 1; and what a
;; BlockContext runs.
(type $LoopEntry (func (param (ref $Context)) (param i32) (result eqref)))

(type $Methods (array (mut (ref null $CompiledMethod))))
